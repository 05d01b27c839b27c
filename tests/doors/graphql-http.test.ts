import { serverAudits } from 'graphql-http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { startServer } from '../support/server.ts'
import { isQuick } from '../support/storages.ts'
import { graphql, knock, openSocket } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { overEvents, overSocket, type Subscriber, until } from './subscription.ts'

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
const ways = [
  ['graphql-ws', overSocket],
  ['server-sent events', overEvents],
] as const

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

const changes = `subscription ($after: Cursor, $filter: FlowRunFilter, $delivery: Delivery) {
  flowRunStateChanged(after: $after, filter: $filter, delivery: $delivery) {
    cursor gap { reason resumeFrom } changes { flowRun { name } state { name } previousState { name } }
  }
}`

const newRun = async (name: string, ...states: readonly ('PENDING' | 'RUNNING' | 'COMPLETED')[]) => {
  const ctx = doors.house.as(owner)
  const { flow } = await ensureFlow(ctx, { name: 'live' })
  const { run } = await createFlowRun(ctx, { flowId: flow.id, name, state: { type: 'SCHEDULED' } })
  for (const type of states) await setFlowRunState(ctx, { flowRunId: run.id, state: { type } })
  return run
}

describe.each(ways)('a subscription over %s', (_way, over) => {
  // Who has left is noticed a moment later, and would be counted by the next.
  afterEach(() => until(() => doors.house.events.followers + doors.house.logs.followers === 0))

  const head = () => encodeCursor({ logId: doors.house.logId, log: 'events', seq: doors.house.events.newest })
  const frameOf = async (subscriber: Subscriber) => (await subscriber.next()).data.flowRunStateChanged

  test('sends what happens, each change once, with the state before it', async () => {
    const subscriber = over(url, changes, { after: head() })
    const first = frameOf(subscriber)
    await newRun('told', 'RUNNING')
    const seen = [...(await first).changes]
    while (seen.length < 2) seen.push(...(await frameOf(subscriber)).changes)
    expect(seen).toEqual([
      { flowRun: { name: 'told' }, state: { name: 'Scheduled' }, previousState: null },
      { flowRun: { name: 'told' }, state: { name: 'Running' }, previousState: { name: 'Scheduled' } },
    ])
    await subscriber.leave()
  })

  test('without a cursor starts now, with the eventCursor of a list where the list stood', async () => {
    await newRun('before')
    const { data } = await graphql(url, '{ flowRuns { eventCursor } }')
    const [now, later] = [over(url, changes), over(url, changes, { after: data.flowRuns.eventCursor })]
    const frames = [frameOf(now), frameOf(later)]
    await until(() => doors.house.events.followers === 2)
    await newRun('after')
    for (const frame of await Promise.all(frames))
      expect(frame.changes).toEqual([{ flowRun: { name: 'after' }, state: { name: 'Scheduled' }, previousState: null }])
    await Promise.all([now.leave(), later.leave()])
  })

  test('tells a gap: RESET for another log, RESET ahead of the head, and goes on from where it says', async () => {
    const { logId, events } = doors.house
    const log = 'events'
    for (const after of [() => ({ logId: unknownId, log, seq: 1 }) as const, () => ({ logId, log, seq: events.newest + 1 }) as const]) {
      const expected = head()
      const subscriber = over(url, changes, { after: encodeCursor(after()) })
      expect(await frameOf(subscriber)).toEqual({ cursor: expected, changes: [], gap: { reason: 'RESET', resumeFrom: expected } })
      const next = frameOf(subscriber)
      await newRun('behind the gap')
      expect((await next).changes).toHaveLength(1)
      await subscriber.leave()
    }
  })

  test('refuses a cursor of the log lines: its numbers are not those of the events', async () => {
    const subscriber = over(url, changes, { after: encodeCursor({ logId: doors.house.logId, log: 'logs', seq: 0 }) })
    const { errors } = await subscriber.next()
    expect(errors).toMatchObject([
      { message: 'after: is a cursor of the logs, and this subscription follows the events', extensions: { code: 'INVALID' } },
    ])
    await subscriber.leave()
  })

  test('refuses what is no cursor', async () => {
    const subscriber = over(url, changes, { after: 'nonsense' })
    const { errors } = await subscriber.next()
    expect(errors).toMatchObject([{ message: 'after: is not a cursor of this server', extensions: { code: 'INVALID' } }])
    await subscriber.leave()
  })

  test('with LATEST_PER_OBJECT sends of one batch the last change of each run, oldest first', async () => {
    const after = head()
    const [one] = [await newRun('one', 'PENDING')]
    await newRun('two', 'RUNNING')
    await setFlowRunState(doors.house.as(owner), { flowRunId: one.id, state: { type: 'RUNNING' } })
    const every = over(url, changes, { after, delivery: 'EVERY' })
    const latest = over(url, changes, { after, delivery: 'LATEST_PER_OBJECT' })
    expect((await frameOf(every)).changes).toHaveLength(5)
    const frame = await frameOf(latest)
    expect(frame.changes.map((change: any) => [change.flowRun.name, change.state.name])).toEqual([
      ['two', 'Running'],
      ['one', 'Running'],
    ])
    expect(frame.cursor).toBe(head())
    await Promise.all([every.leave(), latest.leave()])
  })

  test('sends only what its filter asks for, by the state a change enters', async () => {
    const after = head()
    await newRun('asked for', 'RUNNING', 'COMPLETED')
    await newRun('not asked for', 'RUNNING', 'COMPLETED')
    const subscriber = over(url, changes, { after, filter: { stateTypes: ['RUNNING'], nameContains: 'Asked For', flowNames: ['live'] } })
    const frame = await frameOf(subscriber)
    expect(frame.changes.map((change: any) => [change.flowRun.name, change.state.name])).toEqual([
      ['asked for', 'Running'],
      ['not asked for', 'Running'],
    ])
    await subscriber.leave()
  })

  test('sends log lines as they are appended', async () => {
    const subscriber = over(
      url,
      'subscription ($after: Cursor) { logAppended(after: $after, filter: { levelAtLeast: 30 }) { logs { message level } } }',
      {
        after: encodeCursor({ logId: doors.house.logId, log: 'logs', seq: doors.house.logs.newest }),
      },
    )
    const first = subscriber.next()
    const line = { name: 'n', timestamp: 0 }
    await appendLogs(doors.house.as(owner), { lines: [20, 30, 40].map(level => ({ ...line, level, message: `of ${level}` })) })
    expect((await first).data.logAppended.logs).toEqual([
      { message: 'of 30', level: 30 },
      { message: 'of 40', level: 40 },
    ])
    await subscriber.leave()
  })

  test('ends its follower when the subscriber leaves', async () => {
    const subscribers = [over(url, changes), over(url, changes), over(url, 'subscription { logAppended { cursor } }')]
    const waiting = subscribers.map(subscriber => subscriber.next().catch(() => undefined))
    const count = async () => (await graphql(url, '{ server { subscribers } }')).data.server.subscribers
    await until(async () => (await count()) === 3)
    await subscribers[0]!.leave()
    await until(async () => (await count()) === 2)
    await Promise.all(subscribers.slice(1).map(subscriber => subscriber.leave()))
    await until(async () => (await count()) === 0)
    await Promise.all(waiting)
  })
})

describe('a cursor that is too old', () => {
  test.each(ways)('is told EXPIRED over %s, and what is left comes behind it', async (_way, over) => {
    const own = await openDoors()
    const ctx = own.house.as(owner)
    for (const name of ['a', 'b', 'c']) await ensureFlow(ctx, { name })
    await own.house.storage.transact(async ({ em }) => void (await (em as any).execute('delete from event where seq <= 2')))
    const at = (seq: number) => encodeCursor({ logId: own.house.logId, log: 'events', seq })
    const subscriber = over(
      `${own.url}/graphql`,
      'subscription ($after: Cursor) { eventOccurred(after: $after) { cursor gap { reason resumeFrom } events { resource } } }',
      { after: at(1) },
    )
    expect((await subscriber.next()).data.eventOccurred).toEqual({
      cursor: at(2),
      gap: { reason: 'EXPIRED', resumeFrom: at(2) },
      events: [],
    })
    const { events, cursor } = (await subscriber.next()).data.eventOccurred
    expect([events.map((event: any) => event.resource['prefect.resource.name']), cursor]).toEqual([['c'], at(3)])
    await subscriber.leave()
    await own.close()
  })
})

describe('a GraphQL socket', () => {
  const open = async () => {
    const end = await openSocket(`ws://127.0.0.1:${doors.port}/graphql`, 'graphql-transport-ws')
    const say = (message: object) => end.socket.send(JSON.stringify(message))
    say({ type: 'connection_init' })
    expect(await end.next()).toBe('{"type":"connection_ack"}')
    return { ...end, say, read: async () => JSON.parse(await end.next()) }
  }

  test('answers queries and mutations as HTTP does', async () => {
    const socket = await open()
    socket.say({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } })
    expect([await socket.read(), await socket.read()]).toEqual([
      { id: '1', type: 'next', payload: { data: { __typename: 'Query' } } },
      { id: '1', type: 'complete' },
    ])
    socket.say({ id: '2', type: 'subscribe', payload: { query: 'mutation { createFlow(input: { name: "" }) { isNew } }' } })
    expect((await socket.read()).payload.errors).toMatchObject([{ extensions: { code: 'INVALID' } }])
    socket.socket.close()
  })

  test.each(['{', '{ nothingOfTheKind }', ''])(
    'answers a document that is wrong with its error, and keeps its other subscriptions: %j',
    async query => {
      const socket = await open()
      socket.say({ id: 'live', type: 'subscribe', payload: { query: changes } })
      await until(() => doors.house.events.followers === 1)
      socket.say({ id: 'wrong', type: 'subscribe', payload: { query } })
      const answer = await socket.read()
      expect(answer).toMatchObject({ id: 'wrong', type: 'error', payload: [{ message: expect.any(String) }] })
      await newRun('still live')
      expect(await socket.read()).toMatchObject({
        id: 'live',
        type: 'next',
        payload: { data: { flowRunStateChanged: { changes: [{ flowRun: { name: 'still live' } }] } } },
      })
      socket.socket.terminate()
      await until(() => doors.house.events.followers === 0)
    },
  )

  test('of another protocol is closed', async () => {
    const end = await openSocket(`ws://127.0.0.1:${doors.port}/graphql`, undefined)
    expect((await end.closed).code).toBe(4406)
  })

  test('that says something else first is closed', async () => {
    const end = await openSocket(`ws://127.0.0.1:${doors.port}/graphql`, 'graphql-transport-ws')
    end.socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } }))
    expect((await end.closed).code).toBe(4401)
  })

  test('that sends more than a megabyte is closed', async () => {
    const socket = await open()
    socket.say({ id: '1', type: 'subscribe', payload: { query: `{ __typename } # ${'x'.repeat(1024 * 1024)}` } })
    expect((await socket.closed).code).toBe(1009)
  })
})

// It starts servers of its own, which takes longer than the quick tests may.
describe.skipIf(isQuick)('across a restart', () => {
  test.each([
    ['asked to end', 'stop'],
    ['killed', 'kill'],
  ] as const)('of a server that is %s, nothing is missed and nothing comes twice', async (_how, end) => {
    const server = await startServer()
    const at = `${server.url}/graphql`
    const make = async (name: string) => {
      const flow = (await graphql(at, 'mutation { createFlow(input: { name: "resumed" }) { flow { id } } }')).data.createFlow.flow
      await graphql(at, 'mutation ($input: CreateFlowRunInput!) { createFlowRun(input: $input) { isNew } }', {
        input: { flowId: flow.id, name, state: { type: 'RUNNING' } },
      })
    }
    const { data } = await graphql(at, '{ flowRuns { eventCursor } }')
    const seen: Record<string, string[]> = {}
    const cursors: Record<string, string> = {}
    const read = async (way: string, subscriber: Subscriber, upTo: number) => {
      while (seen[way]!.length < upTo) {
        const { cursor, gap, changes: sent } = (await subscriber.next()).data.flowRunStateChanged
        expect(gap).toBeNull()
        cursors[way] = cursor
        seen[way]!.push(...sent.map((change: any) => change.flowRun.name))
      }
    }
    await make('one')
    for (const [way, over] of ways) {
      seen[way] = []
      await read(way, over(at, changes, { after: data.flowRuns.eventCursor }), 1)
    }
    await make('two, unseen')
    const before = performance.now()
    expect(await server[end]()).toBe(end === 'stop' ? 0 : undefined)
    expect(performance.now() - before).toBeLessThan(5000)
    await server.restart()
    await make('three')
    for (const [way, over] of ways) {
      const subscriber = over(at, changes, { after: cursors[way]! })
      await read(way, subscriber, 3)
      await make(`last over ${way}`)
      await read(way, subscriber, way === 'graphql-ws' ? 4 : 5)
      await subscriber.leave()
    }
    expect(seen['graphql-ws']).toEqual(['one', 'two, unseen', 'three', 'last over graphql-ws'])
    expect(seen['server-sent events']).toEqual(['one', 'two, unseen', 'three', 'last over graphql-ws', 'last over server-sent events'])
    await server.dispose()
  })
})
