import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql, knock } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { ways } from './live-runs.ts'

let doors: Doors
let url: string
beforeAll(async () => {
  doors = await openDoors()
  url = `${doors.url}/graphql`
})
beforeEach(() => {
  doors.house.beforeStatement = () => undefined
})
afterAll(() => doors.close())

const unknownId = '019ab000-0000-7000-8000-00000000dead'
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)

describe('GraphQL over HTTP', () => {
  for (const audit of serverAudits({ url: () => url })) {
    test(`${audit.id}: the server ${audit.name}`, async () => {
      const result = await audit.fn()
      if (!('reason' in result)) return expect(result.status).toBe('ok')
      // What the specification only permits is not demanded.
      expect({ level: result.status, reason: result.reason }).toMatchObject({ level: 'notice' })
    })
  }

  test('which operation is meant must be clear', async () => {
    const two = 'query A { __typename } query B { __typename }'
    const unclear = await graphql(url, two)
    expect(unclear.errors!.map(error => error.message)).toEqual(['Could not determine what operation to execute.'])
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: two, operationName: 'B' }),
    })
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } })
  })

  test('a mutation is executed once', async () => {
    const { statements } = doors.house
    const before = statements.length
    expect((await graphql(url, 'mutation { createFlow(input: { name: "once" }) { isNew } }')).data.createFlow).toEqual({ isNew: true })
    expect(statements.slice(before)).toEqual(['hot'])
  })
})

describe('a mistake of the caller', () => {
  test('in the input is INVALID, with where', async () => {
    const { data, errors } = await graphql(url, 'mutation { createFlow(input: { name: "" }) { isNew } }')
    expect([data, errors]).toEqual([
      null,
      [
        {
          message: 'name: must not be empty',
          path: ['createFlow'],
          locations: [{ line: 1, column: 12 }],
          extensions: { code: 'INVALID', path: ['name'], issues: [{ path: ['name'], message: 'must not be empty' }] },
        },
      ],
    ])
  })

  test.each([
    ['{ flows(first: 0) { nodes { id } } }', 'INVALID'],
    ['{ flows(first: 201) { nodes { id } } }', 'INVALID'],
    ['{ flows(after: "nonsense") { nodes { id } } }', 'INVALID'],
    [`mutation { createFlowRun(input: { flowId: "${unknownId}" }) { isNew } }`, 'NOT_FOUND'],
    [`mutation { setFlowRunState(input: { flowRunId: "${unknownId}", state: { type: RUNNING } }) { status } }`, 'NOT_FOUND'],
  ])('%s is %s', async (query, code) => {
    const { errors } = await graphql(url, query)
    expect(errors!.map(error => error.extensions.code)).toEqual([code])
  })

  test('about one thing that is not there is null, not an error', async () => {
    expect(await graphql(url, `{ flow(id: "${unknownId}") { id } flowRun(id: "${unknownId}") { id } }`)).toEqual({
      data: { flow: null, flowRun: null },
    })
  })

  test('in a scalar is said before anything is read', async () => {
    const before = doors.house.statements.length
    for (const query of ['{ flow(id: "x") { id } }', '{ events(filter: { occurredAfter: "soon" }) { nodes { id } } }']) {
      expect((await graphql(url, query)).errors).toHaveLength(1)
    }
    expect(doors.house.statements.slice(before)).toEqual([])
  })
})

describe('a surprise', () => {
  const leak = 'password=hunter2 at /srv/castellan/secret.ts'

  test.each([
    ['POST', () => graphql(url, '{ flows { nodes { id } } }')],
    [
      'GET',
      async () =>
        JSON.parse((await knock(doors.port, { path: `/graphql?query=${encodeURIComponent('{ flows { nodes { id } } }')}` })).text),
    ],
  ] as const)('over %s is masked, logged, and carries a reference', async (_method, ask) => {
    doors.house.beforeStatement = () => {
      throw new Error(leak)
    }
    const answer = (await ask()) as { data: unknown; errors: any[] }
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(answer).toEqual({
      data: null,
      errors: [
        {
          message: 'Something went wrong here, not with your request. Quote the reference when you report it.',
          path: ['flows'],
          locations: [{ line: 1, column: 3 }],
          extensions: { code: 'INTERNAL', reference: uuid },
        },
      ],
    })
    const said = doors.house.said.filter(({ facts }) => facts['reference'] === answer.errors[0].extensions.reference)
    expect(said.map(({ level, facts }) => [level, (facts['error'] as Error).message])).toEqual([['error', leak]])
  })

  test('in a subscription is masked too', async () => {
    for (const [, over] of ways) {
      const subscriber = over(url, 'subscription ($after: Cursor) { eventOccurred(after: $after) { cursor } }', {
        after: encodeCursor({ logId: doors.house.logId, log: 'events', seq: 0 }),
      })
      doors.house.beforeStatement = () => {
        throw new Error(leak)
      }
      const frame = await subscriber.next()
      doors.house.beforeStatement = () => undefined
      expect(JSON.stringify(frame)).not.toContain('hunter2')
      expect(frame.errors!.map(error => error.extensions!['code'])).toEqual(['INTERNAL'])
      await subscriber.leave()
    }
  })

  test('that is a database that does not answer is UNAVAILABLE, and says so', async () => {
    doors.house.beforeStatement = () => {
      throw new AppError('UNAVAILABLE', 'The database does not answer.')
    }
    expect((await graphql(url, '{ flows { nodes { id } } }')).errors).toMatchObject([
      { message: 'The database does not answer.', extensions: { code: 'UNAVAILABLE' } },
    ])
  })
})

describe('a list', () => {
  test('costs the same number of statements for one run as for fifty', async () => {
    const ctx = doors.house.as(owner)
    for (let number = 0; number < 50; number++) {
      const { flow } = await ensureFlow(ctx, { name: `batched ${number}` })
      await createFlowRun(ctx, { flowId: flow.id, name: 'batched', state: { type: 'RUNNING' }, parameters: { number } })
    }
    const costOf = async (first: number) => {
      const before = doors.house.statements.length
      const { data, errors } = await graphql(
        url,
        `{ flowRuns(first: ${first}, filter: { nameContains: "batched" }) { nodes { id flow { name } state { type } states { type } parameters context } totalCount { value } } }`,
      )
      expect([errors, data.flowRuns.nodes.length, data.flowRuns.totalCount.value]).toEqual([undefined, first, 50])
      expect(new Set(data.flowRuns.nodes.map((run: any) => run.flow.name)).size).toBe(first)
      return doors.house.statements.length - before
    }
    const one = await costOf(1)
    expect(await costOf(50)).toBe(one)
    expect(one).toBeLessThanOrEqual(6)
  })
})
