import { type OperationDefinitionNode, parse, validate } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { examples } from '../../src/doors/graphql/explorer-examples.ts'
import { schema } from '../../src/doors/graphql/schema.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { type Doors, openDoors } from './house.ts'
import { overSocket, until } from './subscription.ts'

const document = parse(examples)
const operations = document.definitions.filter(one => one.kind === 'OperationDefinition') as OperationDefinitionNode[]
const kindOf = (kind: string) => operations.filter(({ operation }) => operation === kind).map(({ name }) => name!.value)

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

test('the examples are valid, and of every kind', () => {
  expect(validate(schema, document)).toEqual([])
  expect(['query', 'mutation', 'subscription'].map(kind => kindOf(kind).length > 0)).toEqual([true, true, true])
})

test.each([...kindOf('query'), ...kindOf('mutation')])('%s is answered without an error', async operationName => {
  const answer = await fetch(`${doors.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: examples, operationName }),
  })
  expect(((await answer.json()) as { errors?: unknown }).errors).toBeUndefined()
})

test.each(kindOf('subscription'))('%s tells of a run', async name => {
  const source = operations.find(one => one.name!.value === name)!.loc!
  const subscriber = overSocket(`${doors.url}/graphql`, examples.slice(source.start, source.end))
  const frame = subscriber.next()
  await until(() => doors.house.events.followers === 1)
  const { flow } = await ensureFlow(doors.house.as(owner), { name: 'example' })
  await createFlowRun(doors.house.as(owner), { flowId: flow.id, state: { type: 'RUNNING' } })
  expect((await frame).errors).toBeUndefined()
  await subscriber.leave()
  await until(() => doors.house.events.followers === 0)
})
