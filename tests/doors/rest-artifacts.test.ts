import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRest, type RestHouse, unknownId } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

const make = async (body: object) => (await rest.ask('POST', '/artifacts/', body)).body
const keysIn = async (path: string, body: object): Promise<string[]> =>
  (await rest.ask('POST', path, body)).body.map(({ key, data }: { key: string; data: unknown }) => `${key} ${data}`)

test('an artifact is made, read, changed by what is given, and deleted', async () => {
  const runId = await rest.newRun(await rest.newFlow('hello'))
  const made = await rest.ask('POST', '/artifacts/', {
    key: 'whole',
    type: 'table',
    description: 'what *it* says',
    data: { b: [1.5, null], a: 'é' },
    metadata_: { m: 'x'.repeat(501) },
    flow_run_id: runId,
    task_run_id: unknownId,
  })
  const whole = {
    id: uuid,
    created: time,
    updated: time,
    key: 'whole',
    type: 'table',
    description: 'what *it* says',
    data: { b: [1.5, null], a: 'é' },
    metadata_: { m: `${'x'.repeat(500)}...` },
    flow_run_id: runId,
    task_run_id: unknownId,
  }
  expect([made.status, made.body]).toEqual([201, whole])
  const path = `/artifacts/${made.body.id}`
  expect(await rest.ask('GET', path)).toMatchObject({ status: 200, body: made.body })
  expect(await rest.ask('PATCH', path, { data: 7 })).toMatchObject({ status: 204, text: '' })
  const { updated: _, ...same } = made.body
  expect((await rest.ask('GET', path)).body).toMatchObject({ ...same, data: 7 })
  expect(await rest.ask('DELETE', path)).toMatchObject({ status: 204, text: '' })
  for (const [method, body] of [['GET'], ['PATCH', { data: 1 }], ['DELETE']] as const)
    expect(await rest.ask(method, path, body)).toMatchObject({ status: 404, body: { detail: `Artifact ${made.body.id} not found` } })
})

test('the latest of each key stand for their collections', async () => {
  for (const [key, data] of [
    ['b', 1],
    ['a', 1],
    ['b', 2],
  ] as const)
    await make({ key, data, type: 'progress' })
  await make({ data: 'alone', type: 'result' })
  const latest = await rest.ask('GET', '/artifacts/b/latest')
  expect(latest).toMatchObject({ status: 200, body: { key: 'b', data: 2 } })
  expect((await rest.ask('GET', '/artifacts/none/latest')).status).toBe(404)
  expect((await rest.ask('POST', '/artifacts/latest/filter', { sort: 'KEY_ASC' })).body).toMatchObject([
    { key: 'a', data: 1 },
    { key: 'b', data: 2, latest_id: latest.body.id },
  ])
  expect((await rest.ask('POST', '/artifacts/latest/count', {})).body).toBe(2)
  expect((await rest.ask('POST', '/artifacts/count', {})).body).toBe(4)
  expect(await keysIn('/artifacts/filter', { sort: 'KEY_DESC', limit: 2 })).toEqual(['b 2', 'b 1'])
})

test('lists are filtered by key, kind, run, and what is around the run', async () => {
  const flowId = await rest.newFlow('filtered')
  const runId = await rest.newRun(flowId, { name: 'of-today' })
  const task = (await rest.ask('POST', '/task_runs/', { flow_run_id: runId, task_key: 'load', dynamic_key: '0' })).body
  await make({ key: 'f-one', data: 1, type: 'markdown', flow_run_id: runId })
  await make({ key: 'f-two', data: 2, type: 'link', flow_run_id: runId, task_run_id: task.id })
  await make({ key: 'f-three', data: 3 })
  const found = (body: object) => keysIn('/artifacts/filter', { sort: 'KEY_ASC', ...body })
  const both = ['f-one 1', 'f-two 2']
  expect(await found({ artifacts: { key: { like_: 'F-' } } })).toEqual(['f-one 1', 'f-three 3', 'f-two 2'])
  expect(await found({ artifacts: { key: { any_: ['f-one'] } } })).toEqual(['f-one 1'])
  expect(await found({ artifacts: { key: { exists_: false } } })).toEqual(['null alone'])
  expect(await found({ artifacts: { type: { any_: ['markdown', 'link'] } } })).toEqual(both)
  expect(await found({ artifacts: { type: { not_any_: ['progress', 'result', 'link'] } } })).toEqual(['f-one 1'])
  expect(await found({ artifacts: { flow_run_id: { any_: [runId] } } })).toEqual(both)
  expect(await found({ artifacts: { task_run_id: { any_: [task.id] } } })).toEqual(['f-two 2'])
  expect(await found({ artifacts: { operator: 'or_', key: { any_: ['f-one'] }, type: { any_: ['link'] } } })).toEqual(both)
  expect(await found({ flow_runs: { name: { any_: ['of-today'] } } })).toEqual(both)
  expect(await found({ flows: { name: { any_: ['filtered'] } } })).toEqual(both)
  expect(await found({ task_runs: { id: { any_: [task.id] } } })).toEqual(['f-two 2'])
  expect(await keysIn('/artifacts/latest/filter', { flows: { id: { any_: [flowId] } }, sort: 'KEY_ASC' })).toEqual(both)
})

test.each([
  [{ key: 'Not a key' }, 'key'],
  [{ key: 'x', metadata_: { n: 1 } }, 'metadata_'],
  [{ key: 'x', extra: 1 }, undefined],
  [{ type: 5 }, 'type'],
])('what cannot be an artifact is 422: %j', async (body, where) => {
  const { status, body: answer } = await rest.ask('POST', '/artifacts/', body)
  expect(status).toBe(422)
  if (where) expect(answer.exception_detail[0].loc.slice(0, 2)).toEqual(['body', where])
})
