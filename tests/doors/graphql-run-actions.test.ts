import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import type { StateType } from '../../src/core/states/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
let flowId: string
let deploymentId: string
beforeAll(async () => {
  doors = await openDoors()
  flowId = (await ensureFlow(ctx(), { name: 'hello' })).flow.id
  deploymentId = (await applyDeployment(ctx(), { flowId, name: 'daily' })).deployment.id
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)

async function newRun(type: StateType, change: { tags?: string[]; deploymentId?: string; parentTaskRunId?: string } = {}) {
  const { run } = await createFlowRun(ctx(), { flowId, ...change, state: { type: 'PENDING' } })
  await setFlowRunState(ctx(), { flowRunId: run.id, state: { type }, force: true })
  return run.id
}

const all = `matchedCount isMatchedCountExact eligibleCount isEligibleCountExact
  results { status reason caveat flowRun { id stateType stateName } } refusals { reason flowRun { id } }`

async function act(field: string, input: object) {
  const type = field === 'tagFlowRuns' ? 'TagFlowRunsInput' : 'FlowRunActionInput'
  const { data, errors } = await graphql(`${doors.url}/graphql`, `mutation ($input: ${type}!) { ${field}(input: $input) { ${all} } }`, {
    input,
  })
  return errors ? errors[0].extensions : data[field]
}

describe('a dry run', () => {
  test('says how many it would be and why not the others, and does nothing', async () => {
    const able = await newRun('FAILED', { tags: ['dry'], deploymentId })
    const adHoc = await newRun('FAILED', { tags: ['dry'] })
    const running = await newRun('RUNNING', { tags: ['dry'], deploymentId })
    const answer = await act('retryFlowRuns', { filter: { tags: ['dry'] }, dryRun: true })
    expect(answer).toMatchObject({ matchedCount: 3, isMatchedCountExact: true, eligibleCount: 1, isEligibleCountExact: true, results: [] })
    expect(Object.fromEntries(answer.refusals.map((one: any) => [one.flowRun.id, one.reason]))).toEqual({
      [adHoc]: 'It has no deployment, so the server does not know how to start it: run the flow again where its code is.',
      [running]: 'It has not ended.',
    })
    expect(await act('retryFlowRuns', { ids: [able] })).toMatchObject({ results: [{ status: 'ACCEPT' }] })
  })
})

describe.each<[string, StateType, object, object]>([
  [
    'retryFlowRuns',
    'CRASHED',
    { deploymentId: true },
    { status: 'ACCEPT', caveat: null, flowRun: { stateType: 'SCHEDULED', stateName: 'AwaitingRetry' } },
  ],
  ['cancelFlowRuns', 'RUNNING', { deploymentId: true }, { status: 'ACCEPT', caveat: null, flowRun: { stateType: 'CANCELLING' } }],
  ['cancelFlowRuns', 'RUNNING', {}, { status: 'ACCEPT', caveat: expect.stringContaining('stop it where it runs') }],
  [
    'cancelFlowRuns',
    'SCHEDULED',
    {},
    { status: 'REJECT', reason: expect.stringContaining('no infrastructure'), flowRun: { stateType: 'CANCELLED' } },
  ],
  [
    'pauseFlowRuns',
    'RUNNING',
    {},
    { status: 'ACCEPT', caveat: expect.stringContaining('not interrupted'), flowRun: { stateType: 'PAUSED', stateName: 'Paused' } },
  ],
  ['suspendFlowRuns', 'RUNNING', { deploymentId: true }, { status: 'ACCEPT', flowRun: { stateType: 'PAUSED', stateName: 'Suspended' } }],
])('%s of a %s run %j', (field, from, change, expected) => {
  test('is done, and says what the server has no hand in', async () => {
    const id = await newRun(from, 'deploymentId' in change ? { deploymentId } : {})
    expect(await act(field, { ids: [id], message: 'by hand' })).toMatchObject({
      matchedCount: 1,
      eligibleCount: 1,
      refusals: [],
      results: [expected],
    })
  })
})

describe.each<[string, StateType, object, string]>([
  ['retryFlowRuns', 'RUNNING', {}, 'It has not ended.'],
  ['cancelFlowRuns', 'COMPLETED', {}, 'It has ended, or is being cancelled.'],
  ['pauseFlowRuns', 'SCHEDULED', {}, 'It is not running.'],
  [
    'suspendFlowRuns',
    'RUNNING',
    {},
    'It has no deployment, so the server does not know how to start it: run the flow again where its code is.',
  ],
  ['resumeFlowRuns', 'RUNNING', {}, 'It is not paused.'],
])('%s of a %s run %j', (field, from, change, reason) => {
  test('is refused with the reason, and changes nothing', async () => {
    const id = await newRun(from, change)
    expect(await act(field, { ids: [id] })).toMatchObject({
      matchedCount: 1,
      eligibleCount: 0,
      results: [],
      refusals: [{ reason, flowRun: { id } }],
    })
  })
})

test('a suspended run is resumed, and scheduled anew', async () => {
  const id = await newRun('RUNNING', { deploymentId })
  await act('suspendFlowRuns', { ids: [id] })
  expect(await act('resumeFlowRuns', { ids: [id] })).toMatchObject({
    results: [{ status: 'ACCEPT', flowRun: { stateType: 'SCHEDULED', stateName: 'Resuming' } }],
  })
})

test('a subflow is not suspended', async () => {
  const id = await newRun('RUNNING', { deploymentId, parentTaskRunId: doors.house.ids.uuid() })
  expect(await act('suspendFlowRuns', { ids: [id] })).toMatchObject({ refusals: [{ reason: expect.stringContaining('subflow') }] })
})

test('tags are added and taken away, the others stay', async () => {
  const id = await newRun('RUNNING', { tags: ['a', 'b'] })
  await act('tagFlowRuns', { ids: [id], add: ['c', 'a'], remove: ['b'] })
  const { data } = await graphql(`${doors.url}/graphql`, `{ flowRun(id: "${id}") { tags } }`)
  expect(data.flowRun.tags).toEqual(['a', 'c'])
})

test('neither ids nor a filter is refused', async () => {
  expect(await act('cancelFlowRuns', {})).toMatchObject({ code: 'INVALID', issues: [{ path: ['ids'] }] })
})

test('more than two hundred are done by asking again', async () => {
  await Promise.all(Array.from({ length: 230 }, () => newRun('RUNNING', { tags: ['many'] })))
  const input = { filter: { tags: ['many'] } }
  const first = await act('cancelFlowRuns', input)
  expect([first.eligibleCount, first.results.length]).toEqual([230, 200])
  const second = await act('cancelFlowRuns', input)
  expect([second.matchedCount, second.eligibleCount, second.results.length]).toEqual([230, 30, 30])
})
