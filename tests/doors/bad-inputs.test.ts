import { afterAll, beforeAll, expect, test } from 'vitest'
import { badInputs, type Ground, put, shapes } from './bad-inputs.ts'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
let ground: Ground

const post = async (path: string, body: unknown): Promise<{ status: number; body: any }> => {
  const response = await fetch(doors.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

const overGraphql = (mutation: string, inputType: string, asks: string, input: unknown) =>
  post('/graphql', { query: `mutation($input:${inputType}!){${mutation}(input:$input){${asks}}}`, variables: { input } })

/** Where both logs and the runs stand: equal before and after means that nothing was written. */
const written = async () => {
  const { newest } = await doors.house.storage.heads()
  const { body } = await post('/graphql', {
    query:
      '{flows{totalCount{value}} flowRuns{totalCount{value}} variables{totalCount{value}} artifacts{totalCount{value}} deployments{totalCount{value}}}',
  })
  return JSON.stringify([newest, body])
}

beforeAll(async () => {
  doors = await openDoors()
  const flowId = (await post('/api/flows/', { name: 'ground' })).body.id
  ground = {
    flowId,
    flowRunId: (await post('/api/flow_runs/', { flow_id: flowId })).body.id,
    deploymentId: (await post('/api/deployments/', { flow_id: flowId, name: 'ground' })).body.id,
  }
})
afterAll(() => doors.close())

test('the corpus is large, and every shape is right but for the one wrong value', async () => {
  expect(badInputs.length).toBeGreaterThanOrEqual(200)
  for (const { mutation, inputType, asks, graphql, path, rest } of shapes) {
    expect((await overGraphql(mutation, inputType, asks, graphql(ground))).body.errors, mutation).toBeUndefined()
    expect((await post(`/api${path(ground)}`, rest(ground))).status, path(ground)).not.toBe(422)
  }
})

test.each(badInputs)('$title is refused by both doors, with INVALID and where; nothing is written', async ({ shape, field, value }) => {
  const before = await written()
  const rest = await post(`/api${shape.path(ground)}`, put(shape.rest(ground), field.rest, value))
  expect(rest.status).toBe(422)
  expect(rest.body.exception_detail[0].loc.slice(1, 1 + field.rest.length)).toEqual(field.rest)

  const graphql = await overGraphql(shape.mutation, shape.inputType, shape.asks, put(shape.graphql(ground), field.graphql, value))
  const [{ extensions }] = graphql.body.errors
  expect(graphql.status).toBeLessThan(500)
  expect(extensions.code).toBe('INVALID')
  expect(extensions.path.slice(0, field.graphql.length)).toEqual(field.graphql)
  expect(await written()).toBe(before)
})

test('after all of it the server answers, and has logged no surprise', async () => {
  expect((await fetch(`${doors.url}/api/ready`)).status).toBe(200)
  expect(doors.house.said.filter(({ level }) => level === 'error')).toEqual([])
})
