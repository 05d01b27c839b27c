import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { pauseNotificationPolicy, redeliverNotification } from '../../src/core/notifications/index.ts'
import { createTaskRun } from '../../src/core/task-runs/index.ts'
import { createVariable } from '../../src/core/variables/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { delivered } from '../support/channels.ts'
import { fillOutbox, sendDue } from '../support/outbox.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { overSocket } from './subscription.ts'

const fields = 'runningFlowRunCount failingPolicyCount'

let doors: Doors
let url: string
beforeAll(async () => {
  doors = await openDoors()
  url = `${doors.url}/graphql`
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)

test('the live counts are what runs and what fails to be told, and follow both', async () => {
  const { data } = await graphql(url, `{ liveCounts { ${fields} eventCursor } }`)
  expect(data.liveCounts).toMatchObject({ runningFlowRunCount: 0, failingPolicyCount: 0 })
  const subscriber = overSocket(url, `subscription ($after: Cursor) { liveCountsChanged(after: $after) { liveCounts { ${fields} } } }`, {
    after: data.liveCounts.eventCursor,
  })
  onTestFinished(() => subscriber.leave())
  const until = async (runningFlowRunCount: number, failingPolicyCount: number) => {
    const wanted = { runningFlowRunCount, failingPolicyCount }
    for (let counts = {}; JSON.stringify(counts) !== JSON.stringify(wanted); )
      counts = (await subscriber.next()).data.liveCountsChanged.liveCounts
  }

  const { flow } = await ensureFlow(ctx(), { name: 'load-orders' })
  const { run } = await createFlowRun(ctx(), { flowId: flow.id, state: { type: 'RUNNING' } })
  await until(1, 0)
  const { run: parent } = await createTaskRun(ctx(), { flowRunId: run.id, taskKey: 'load', dynamicKey: '0', state: { type: 'RUNNING' } })
  await createFlowRun(ctx(), { flowId: flow.id, parentTaskRunId: parent.id, state: { type: 'RUNNING' } })
  await createVariable(ctx(), { name: 'quiet', value: 1 })
  await createFlowRun(ctx(), { flowId: flow.id, state: { type: 'RUNNING' } })
  await until(2, 0)
  await setFlowRunState(ctx(), { flowRunId: run.id, state: { type: 'COMPLETED' } })
  await until(1, 0)

  const { policy, delivery } = await fillOutbox(ctx())
  await redeliverNotification(ctx(), { id: delivery.id })
  await sendDue(ctx(), { ...delivered, outcome: 'FAILED', status: 404, error: 'gone' })
  await until(1, 1)
  await pauseNotificationPolicy(ctx(), { id: policy.id })
  await until(1, 0)
})
