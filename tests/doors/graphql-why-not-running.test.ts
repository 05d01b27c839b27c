import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { createTaskRun } from '../../src/core/task-runs/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)
const HOUR = 3_600_000_000

const reason = `whyNotRunning { __typename
  ... on WaitingForTime { scheduledTime } ... on WaitingForRetry { attempt mostAttempts } ... on Paused { by keyset } ... on PendingTask { stateName } }`

async function whyOf(kind: 'flowRun' | 'taskRun', id: string) {
  const { data, errors } = await graphql(`${doors.url}/graphql`, `query ($id: UUID!) { ${kind}(id: $id) { ${reason} } }`, { id })
  expect(errors).toBeUndefined()
  return data[kind].whyNotRunning
}

test('a run tells why it does not run, and nothing while it runs or when it has ended', async () => {
  const { flow } = await ensureFlow(ctx(), { name: 'hello' })
  const due = doors.house.clock.now() + HOUR
  const { run } = await createFlowRun(ctx(), {
    flowId: flow.id,
    empiricalPolicy: { retries: 2, retry_delay: 60 },
    state: { type: 'SCHEDULED', details: { scheduled_time: toIso(due) } },
  })
  const move = (type: 'RUNNING' | 'FAILED' | 'PAUSED' | 'COMPLETED', force = false) =>
    setFlowRunState(ctx(), { flowRunId: run.id, state: { type }, force })
  expect(await whyOf('flowRun', run.id)).toEqual({ __typename: 'WaitingForTime', scheduledTime: toIso(due) })
  await move('RUNNING', true)
  expect(await whyOf('flowRun', run.id)).toBeNull()
  await move('FAILED')
  expect(await whyOf('flowRun', run.id)).toEqual({ __typename: 'WaitingForRetry', attempt: 2, mostAttempts: 3 })
  await move('RUNNING', true)
  await move('PAUSED')
  expect(await whyOf('flowRun', run.id)).toEqual({ __typename: 'Paused', by: owner.name, keyset: null })
  await move('COMPLETED', true)
  expect(await whyOf('flowRun', run.id)).toBeNull()
})

test('so does a task run', async () => {
  const { run } = await createTaskRun(ctx(), { taskKey: 'extract', dynamicKey: '0', state: { type: 'PENDING' } })
  expect(await whyOf('taskRun', run.id)).toEqual({ __typename: 'PendingTask', stateName: 'Pending' })
})
