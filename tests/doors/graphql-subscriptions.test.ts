import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { changes, enterRun, ways } from './live-runs.ts'
import { type Subscriber, until } from './subscription.ts'

let doors: Doors
let url: string
beforeAll(async () => {
  doors = await openDoors()
  url = `${doors.url}/graphql`
})
afterAll(() => doors.close())

const unknownId = '019ab000-0000-7000-8000-00000000dead'

describe.each(ways)('a subscription over %s', (_way, over) => {
  // Who has left is noticed a moment later, and would be counted by the next.
  afterEach(() => until(() => doors.house.events.followers + doors.house.logs.followers === 0))

  const head = () => encodeCursor({ logId: doors.house.logId, log: 'events', seq: doors.house.events.newest })
  const frameOf = async (subscriber: Subscriber) => (await subscriber.next()).data.flowRunStateChanged

  test('sends what happens, each change once, with the state before it', async () => {
    const subscriber = over(url, changes, { after: head() })
    const first = frameOf(subscriber)
    await enterRun(doors, 'told', 'RUNNING')
    const seen = [...(await first).changes]
    while (seen.length < 2) seen.push(...(await frameOf(subscriber)).changes)
    expect(seen).toEqual([
      { flowRun: { name: 'told' }, state: { name: 'Scheduled' }, previousState: null },
      { flowRun: { name: 'told' }, state: { name: 'Running' }, previousState: { name: 'Scheduled' } },
    ])
    await subscriber.leave()
  })

  test('without a cursor starts now, with the eventCursor of a list where the list stood', async () => {
    await enterRun(doors, 'before')
    const { data } = await graphql(url, '{ flowRuns { eventCursor } }')
    const [now, later] = [over(url, changes), over(url, changes, { after: data.flowRuns.eventCursor })]
    const frames = [frameOf(now), frameOf(later)]
    await until(() => doors.house.events.followers === 2)
    await enterRun(doors, 'after')
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
      await enterRun(doors, 'behind the gap')
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
    const [one] = [await enterRun(doors, 'one', 'PENDING')]
    await enterRun(doors, 'two', 'RUNNING')
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
    await enterRun(doors, 'asked for', 'RUNNING', 'COMPLETED')
    await enterRun(doors, 'not asked for', 'RUNNING', 'COMPLETED')
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
