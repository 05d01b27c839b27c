// A server as it looks after some work: every state, names of every length, tasks, logs, artifacts, variables.
import type { Rest } from './rest.ts'

const flows = [
  'load-orders',
  'nightly-etl',
  'train-forecast',
  'sync-customers',
  'a-flow-with-a-name-so-long-that-no-column-can-hold-it-whole',
]
const ends = ['COMPLETED', 'COMPLETED', 'COMPLETED', 'FAILED', 'COMPLETED', 'CRASHED', 'CANCELLED', 'COMPLETED'] as const

const MINUTE = 60_000
const timeFromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()

/** What has a page worth looking at, by its id. */
export interface Filled {
  failed: string
  running: string
  waiting: string
  failedTask: string
  flow: string
  report: string
  table: string
  block: string
  policy: string
  event: string
}

export async function fill(rest: Rest): Promise<Filled> {
  for (let index = 0; index < 40; index += 1) {
    const flow = flows[index % flows.length]!
    const scheduledTime = timeFromNow((index - 40) * 33 * MINUTE)
    const tags = index % 3 === 0 ? ['nightly', 'eu-west'] : []
    const id = await rest.createRun({ flow, name: `quiet-heron-${index}`, tags, type: 'SCHEDULED', scheduledTime })
    await rest.setState(id, 'RUNNING')
    await rest.setState(id, ends[index % ends.length]!)
  }
  await rest.createRun({ name: 'due-in-an-hour', type: 'SCHEDULED', scheduledTime: timeFromNow(60 * MINUTE) })
  const waiting = await rest.createRun({
    name: 'awaits-a-retry',
    type: 'SCHEDULED',
    stateName: 'AwaitingRetry',
    scheduledTime: timeFromNow(MINUTE),
  })
  await rest.setState(await rest.createRun({ name: 'held-by-hand' }), 'PAUSED', { name: 'Suspended' })
  await rest.setState(await rest.createRun({ name: 'on-its-way-out' }), 'CANCELLING')
  const { block, policy } = await tellSomebody(rest)
  const { failed, failedTask } = await failedRun(rest)
  const running = await rest.createRun({ flow: 'train-forecast', name: 'brisk-lark', tags: ['gpu'], parameters: { epochs: 40 } })
  await rest.setState(running, 'RUNNING')
  await rest.log(running, 'Epoch 1 of 40: loss 0.412', 'Epoch 2 of 40: loss 0.377')
  const { report, table } = await makeArtifacts(rest, running)
  await rest.setVariable('release_stage', 'production', ['shared'])
  await rest.setVariable('thresholds', {
    late_seconds: 15,
    regions: ['eu-west', 'us-east', 'ap-south'],
    note: 'one value may be longer than its column',
  })
  type Found = { nodes: { id: string }[] }
  const { flows: known, events } = await rest.graphql<{ flows: Found; events: Found }>(
    `{ flows(filter: { names: ["load-orders"] }) { nodes { id } }
       events(first: 1, filter: { names: ["prefect.flow-run.Failed"] }) { nodes { id } } }`,
  )
  return { failed, failedTask, running, waiting, flow: known.nodes[0]!.id, event: events.nodes[0]!.id, report, table, block, policy }
}

const markdown = (loss: string) => `# Forecast of November

The loss is **${loss}** after two epochs, see [how it is trained](https://docs.shop.example/forecast).

| region | orders | forecast |
|---|---:|---:|
| eu-west | 3,001 | 3,120 |
| us-east | 1,211 | 1,180 |

- [x] trained
- [ ] published`

async function makeArtifacts(rest: Rest, flow_run_id: string): Promise<{ report: string; table: string }> {
  const make = (artifact: object) => rest.makeArtifact({ flow_run_id, ...artifact })
  await make({ key: 'forecast', type: 'markdown', data: markdown('0.412'), description: 'What the model says of November' })
  const report = await make({ key: 'forecast', type: 'markdown', data: markdown('0.377'), description: 'What the model says of November' })
  const rows = ['eu-west', 'us-east', 'ap-south', 'a-region-whose-name-is-longer-than-most'].map((region, index) => ({
    region,
    orders: 3001 - index * 811,
    late: index === 2 ? null : index * 3,
    note:
      index === 1 ? 'The market answered twice with an empty page, so that the numbers of Tuesday stand in for those of Wednesday.' : '',
  }))
  const table = await make({ key: 'orders-by-region', type: 'table', data: JSON.stringify(rows) })
  await make({ key: 'loss-curve', type: 'image', data: 'https://pictures.example/curve.png', description: 'Loss by epoch' })
  await make({ key: 'training', type: 'progress', data: 5, description: 'Epochs trained' })
  return { report, table }
}

async function failedRun(rest: Rest): Promise<{ failed: string; failedTask: string }> {
  const failed = await rest.createRun({
    flow: 'load-orders',
    name: 'crimson-otter',
    tags: ['nightly', 'eu-west'],
    parameters: { day: '2026-11-24', limit: 5000, sources: ['shop', 'market'] },
    deploymentId: await rest.deploy('load-orders', 'production'),
  })
  await rest.setState(failed, 'RUNNING')
  const extract = await rest.createTask(failed, 'extract-orders')
  for (const type of ['RUNNING', 'COMPLETED']) await rest.setTaskState(extract, type)
  const failedTask = await rest.createTask(failed, 'load-orders-of-the-shop-and-of-every-market', [extract])
  await rest.createTask(failed, 'publish', [failedTask])
  await rest.setTaskState(failedTask, 'RUNNING')
  await rest.log(
    failed,
    'Reading orders of 2026-11-24',
    `\u001b[1;32m✓\u001b[0m Read \u001b[36m4,211\u001b[0m orders, \u001b[38;5;208m17 late\u001b[0m, \u001b[7m cold cache \u001b[27m \u001b[2min 1.2 s\u001b[0m`,
    { message: 'The shop answered slowly: 12.4 s', level: 30 },
  )
  const files = Array.from({ length: 240 }, (_, index) => `COPY orders_stage: ${(index * 7919) % 10_000} rows of file ${index + 1} of 240`)
  await rest.log(
    failed,
    ...files.map((message, index) => (index === 70 ? { message: `${message}, tried twice`, level: 30 } : message)),
    { message: 'Attempt 1 of 2 failed: the shop closed the connection', level: 40 },
    'See https://status.shop.example for what the shop says of it',
  )
  await rest.setTaskState(failedTask, 'SCHEDULED', { name: 'AwaitingRetry', message: 'Retry 1 of 1 in 2 s' })
  await rest.setState(failed, 'SCHEDULED', { name: 'AwaitingRetry', message: 'Retry 1 of 1 in 2 s' })
  await rest.setState(failed, 'RUNNING', { name: 'Retrying' })
  await rest.log(failed, 'Reading orders of 2026-11-24', {
    message: `Finished in state Failed\nTraceback (most recent call last):\n  File "/flows/orders.py", line 41, in load\n    rows = read(day)\nConnectionError: the shop closed the connection after 30 s`,
    level: 40,
  })
  await rest.setTaskState(failedTask, 'RUNNING', { name: 'Retrying' })
  await rest.setTaskState(failedTask, 'FAILED', { message: 'ConnectionError: the shop closed the connection after 30 s' })
  await rest.setState(failed, 'FAILED', {
    message: 'Flow run encountered an exception: ConnectionError: the shop closed the connection after 30 s',
  })
  return { failed, failedTask }
}

/** By a channel that nothing may be sent through, so that there is a failure to be seen. */
async function tellSomebody(rest: Rest): Promise<{ block: string; policy: string }> {
  const { createBlockDocument } = await rest.graphql<{ createBlockDocument: { blockDocument: { id: string } } }>(
    `mutation { createBlockDocument(input: { name: "crm-audit", blockTypeSlug: "custom-webhook", data: { name: "crm", url: "http://127.0.0.1:9/hook" } }) {
      blockDocument { id }
    } }`,
  )
  const block = createBlockDocument.blockDocument.id
  const tell = async (input: string) => {
    const { createNotificationPolicy } = await rest.graphql<{ createNotificationPolicy: { notificationPolicy: { id: string } } }>(
      `mutation { createNotificationPolicy(input: { channelIds: ["${block}"], ${input} }) { notificationPolicy { id } } }`,
    )
    return createNotificationPolicy.notificationPolicy.id
  }
  await tell('stateNames: ["TimedOut", "Late"], name: "slow ones", isActive: false')
  await tell('tags: ["crm", "leads"], groupBy: FLOW, maxPerWindow: 10')
  return { block, policy: await tell('stateTypes: [FAILED], tags: ["nightly"]') }
}
