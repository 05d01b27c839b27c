import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFlowRunInput } from '../../src/core/flow-run-inputs/index.ts'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
let flowId: string
beforeAll(async () => {
  doors = await openDoors()
  flowId = (await ensureFlow(doors.house.as(owner), { name: 'hello' })).flow.id
})
afterAll(() => doors.close())

const newRun = async (tags: string[] = []) =>
  (await createFlowRun(doors.house.as(owner), { flowId, name: 'first', tags, state: { type: 'RUNNING' } })).run.id
const mutate = async (field: string, fields: string, input: object) => {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`
  const { data, errors } = await graphql(`${doors.url}/graphql`, `mutation ($input: ${type}!) { ${field}(input: $input) { ${fields} } }`, {
    input,
  })
  return errors ? errors[0].extensions.code : data[field]
}

test('a run is changed in what is given', async () => {
  const flowRunId = await newRun(['a'])
  expect(await mutate('updateFlowRun', 'flowRun { name tags parameters }', { flowRunId, name: 'second', parameters: { x: 1 } })).toEqual({
    flowRun: { name: 'second', tags: ['a'], parameters: { x: 1 } },
  })
  expect(await mutate('updateFlowRun', 'flowRun { name }', { flowRunId: doors.house.ids.uuid(), name: 'x' })).toBe('NOT_FOUND')
  expect(await mutate('updateFlowRun', 'flowRun { name }', { flowRunId, jobVariables: {} })).toBe('CONFLICT')
})

test('runs are counted before they are deleted, by ids or by a filter, and never without either', async () => {
  const ids = [await newRun(['doomed']), await newRun(['doomed'])]
  const ask = (input: object) => mutate('deleteFlowRuns', 'matchedCount isMatchedCountExact deletedIds', input)
  const filter = { tags: ['doomed'] }
  expect(await ask({ filter, dryRun: true })).toEqual({ matchedCount: 2, isMatchedCountExact: true, deletedIds: [] })
  expect(await ask({ ids: [ids[0]], filter })).toEqual({ matchedCount: 1, isMatchedCountExact: true, deletedIds: [ids[0]] })
  expect(await ask({ filter })).toEqual({ matchedCount: 1, isMatchedCountExact: true, deletedIds: [ids[1]] })
  expect(await ask({})).toBe('INVALID')
  expect(await ask({ ids: [] })).toMatchObject({ matchedCount: 0 })
})

test('a state is proposed for many runs, each for itself', async () => {
  const ids = [await newRun(['many']), await newRun(['many'])]
  await setFlowRunState(doors.house.as(owner), { flowRunId: ids[0]!, state: { type: 'COMPLETED' } })
  const ask = (input: object) =>
    mutate('setFlowRunStates', 'matchedCount isMatchedCountExact results { status reason flowRun { id stateType } }', input)
  const asked = { filter: { tags: ['many'] }, state: { type: 'CRASHED' } }
  expect(await ask({ ...asked, dryRun: true })).toEqual({ matchedCount: 2, isMatchedCountExact: true, results: [] })
  const { results } = await ask(asked)
  expect(new Map(results.map((one: any) => [one.flowRun.id, [one.status, one.reason, one.flowRun.stateType]]))).toEqual(
    new Map([
      [ids[0], ['ABORT', 'Run is already in terminal state COMPLETED.', 'COMPLETED']],
      [ids[1], ['ACCEPT', null, 'CRASHED']],
    ]),
  )
  expect(await ask({ state: { type: 'CRASHED' } })).toBe('INVALID')
})

test('a paused run is let on, and one that is not is told so', async () => {
  const flowRunId = await newRun()
  const ask = () => mutate('resumeFlowRun', 'status reason state { type } flowRun { id }', { flowRunId })
  expect(await ask()).toEqual({
    status: 'ABORT',
    reason: 'Cannot resume a flow run that is not paused.',
    state: null,
    flowRun: { id: flowRunId },
  })
  await setFlowRunState(doors.house.as(owner), { flowRunId, state: { type: 'PAUSED', details: { pause_timeout: '2199-01-01T00:00:00Z' } } })
  expect(await ask()).toMatchObject({ status: 'ACCEPT', state: { type: 'RUNNING' } })
})

test('a paused run says what it waits to be told, and takes an answer that fits', async () => {
  const flowRunId = await newRun()
  const ctx = doors.house.as(owner)
  const question = async () => {
    const { data } = await graphql(`${doors.url}/graphql`, `{ pauseQuestion(flowRunId: "${flowRunId}") { schema description } }`)
    return data.pauseQuestion
  }
  expect(await question()).toBeNull()
  const schema = { type: 'object', properties: { day: { type: 'string' } }, required: ['day'] }
  await createFlowRunInput(ctx, { flowRunId, key: 'k-schema', value: JSON.stringify(schema) })
  await createFlowRunInput(ctx, { flowRunId, key: 'k-description', value: '"Which day?"' })
  const run_input_keyset = { schema: 'k-schema', response: 'k-response', description: 'k-description' }
  await setFlowRunState(ctx, { flowRunId, state: { type: 'PAUSED', details: { run_input_keyset } } })
  expect(await question()).toEqual({ schema, description: 'Which day?' })
  const answer = (runInput: object) => mutate('resumeFlowRun', 'status reason', { flowRunId, runInput })
  expect(await answer({})).toMatchObject({ status: 'REJECT', reason: "Reason: run_input must have required property 'day'" })
  expect(await answer({ day: 'today' })).toMatchObject({ status: 'ACCEPT' })
  expect(await question()).toBeNull()
})
