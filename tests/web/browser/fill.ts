// A server as it looks after some work: every state, names of every length, logs, variables.
import type { Rest } from './rest.ts'

const flows = [
  'load-orders',
  'nightly-etl',
  'train-forecast',
  'sync-customers',
  'a-flow-with-a-name-so-long-that-no-column-can-hold-it-whole',
]
const ends = ['COMPLETED', 'COMPLETED', 'COMPLETED', 'FAILED', 'COMPLETED', 'CRASHED', 'CANCELLED', 'COMPLETED'] as const

/** Answers the ids of the runs that have pages worth looking at. */
export async function fill(rest: Rest): Promise<{ failed: string; running: string; waiting: string; flow: string }> {
  for (let index = 0; index < 40; index += 1) {
    const flow = flows[index % flows.length]!
    const id = await rest.createRun({ flow, name: `quiet-heron-${index}`, tags: index % 3 === 0 ? ['nightly', 'eu-west'] : [] })
    await rest.setState(id, 'RUNNING')
    await rest.setState(id, ends[index % ends.length]!)
  }
  const [hour, minute] = [3_600_000, 60_000].map(span => new Date(Date.now() + span).toISOString())
  await rest.createRun({ name: 'due-in-an-hour', type: 'SCHEDULED', scheduledTime: hour! })
  const waiting = await rest.createRun({ name: 'awaits-a-retry', type: 'SCHEDULED', stateName: 'AwaitingRetry', scheduledTime: minute! })
  await rest.setState(await rest.createRun({ name: 'held-by-hand' }), 'PAUSED', { name: 'Suspended' })
  await rest.setState(await rest.createRun({ name: 'on-its-way-out' }), 'CANCELLING')
  const failed = await failedRun(rest)
  const running = await rest.createRun({ flow: 'train-forecast', name: 'brisk-lark', tags: ['gpu'], parameters: { epochs: 40 } })
  await rest.setState(running, 'RUNNING')
  await rest.log(running, 'Epoch 1 of 40: loss 0.412', 'Epoch 2 of 40: loss 0.377')
  await rest.setVariable('release_stage', 'production', ['shared'])
  await rest.setVariable('thresholds', {
    late_seconds: 15,
    regions: ['eu-west', 'us-east', 'ap-south'],
    note: 'one value may be longer than its column',
  })
  const { flows: known } = await rest.graphql<{ flows: { nodes: { id: string }[] } }>(
    '{ flows(filter: { names: ["load-orders"] }) { nodes { id } } }',
  )
  return { failed, running, waiting, flow: known.nodes[0]!.id }
}

async function failedRun(rest: Rest): Promise<string> {
  const failed = await rest.createRun({
    flow: 'load-orders',
    name: 'crimson-otter',
    tags: ['nightly', 'eu-west'],
    parameters: { day: '2026-11-24', limit: 5000, sources: ['shop', 'market'] },
    deploymentId: await rest.deploy('load-orders', 'production'),
  })
  await rest.setState(failed, 'RUNNING')
  await rest.log(failed, 'Reading orders of 2026-11-24', 'Read 4,211 orders', { message: 'The shop answered slowly: 12.4 s', level: 30 })
  const files = Array.from({ length: 240 }, (_, index) => `COPY orders_stage: ${(index * 7919) % 10_000} rows of file ${index + 1} of 240`)
  await rest.log(
    failed,
    ...files.map((message, index) => (index === 70 ? { message: `${message}, tried twice`, level: 30 } : message)),
    { message: 'Attempt 1 of 2 failed: the shop closed the connection', level: 40 },
    'See https://status.shop.example for what the shop says of it',
  )
  await rest.setState(failed, 'SCHEDULED', { name: 'AwaitingRetry', message: 'Retry 1 of 1 in 2 s' })
  await rest.setState(failed, 'RUNNING', { name: 'Retrying' })
  await rest.log(failed, 'Reading orders of 2026-11-24', {
    message: `Finished in state Failed\nTraceback (most recent call last):\n  File "/flows/orders.py", line 41, in load\n    rows = read(day)\nConnectionError: the shop closed the connection after 30 s`,
    level: 40,
  })
  await rest.setState(failed, 'FAILED', {
    message: 'Flow run encountered an exception: ConnectionError: the shop closed the connection after 30 s',
  })
  return failed
}
