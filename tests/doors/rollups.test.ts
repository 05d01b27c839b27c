// What the doors tell of counts, and of what retention has taken.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { sweepRetention } from '../../src/core/retention/index.ts'
import { systemClock, toIso } from '../../src/kernel/clock.ts'
import { decodeCursor, encodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import type { LogName } from '../../src/kernel/storage.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'
import { overSocket } from './subscription.ts'

const day = 86_400_000_000
const start = 1_795_608_000_000_000
let now = start
let doors: Doors
let url: string
beforeAll(async () => {
  doors = await openDoors({}, { ...systemClock, now: () => now })
  url = `${doors.url}/graphql`
})
afterAll(() => doors.close())

const ctx = () => doors.house.as(owner)

describe('counts by GraphQL', () => {
  test('without a filter come from the roll-ups, with the cursor that continues them', async () => {
    const { flow } = await ensureFlow(ctx(), { name: 'counted' })
    const { run } = await createFlowRun(ctx(), { flowId: flow.id, state: { type: 'PENDING' } })
    await setFlowRunState(ctx(), { flowRunId: run.id, state: { type: 'RUNNING' } })
    const before = doors.house.statements.length
    const { data } = await graphql(url, '{ flowRunStateCounts { eventCursor counts { type count } } }')
    expect(doors.house.statements.slice(before)).toEqual(['read.sumBy'])
    expect(data.flowRunStateCounts.counts).toContainEqual({ type: 'RUNNING', count: 1 })
    expect(data.flowRunStateCounts.counts).toHaveLength(9)
    expect(decodeCursor(data.flowRunStateCounts.eventCursor)).toMatchObject({ log: 'events', seq: doors.house.events.newest })
  })

  test('by what the roll-ups do not know are counted one by one', async () => {
    const before = doors.house.statements.length
    await graphql(url, '{ flowRunStateCounts(filter: { nameContains: "a" }) { counts { count } } }')
    expect(doors.house.statements.slice(before)).toEqual(['read.countBy'])
  })

  test('over time have a row for each kind of state, zeros included', async () => {
    const { data } = await graphql(
      url,
      `{ flowRunHistory(start: "${toIso(start)}", end: "${toIso(start + 1_800_000_000)}", bucketSize: 900) {
        eventCursor buckets { start end lateCount counts { type count } } } }`,
    )
    const [first, second] = data.flowRunHistory.buckets
    expect(first.counts.filter(({ count }: { count: number }) => count > 0)).toEqual([{ type: 'RUNNING', count: 1 }])
    expect([first.start, first.end, first.lateCount, second.start, second.counts.length]).toEqual([
      toIso(start),
      toIso(start + 900_000_000),
      0,
      toIso(start + 900_000_000),
      9,
    ])
  })
})

describe('after retention', () => {
  test.each<[LogName, string]>([
    ['events', 'eventOccurred'],
    ['logs', 'logAppended'],
  ])('a subscriber to the %s from before gets a gap that says EXPIRED, and goes on from what is left', async (log, field) => {
    await appendLogs(ctx(), { lines: Array.from({ length: 3 }, () => ({ name: 'n', level: 20, message: 'old', timestamp: now })) })
    await ensureFlow(ctx(), { name: `old ${log} 1` })
    await ensureFlow(ctx(), { name: `old ${log} 2` })
    now += 40 * day
    await ensureFlow(ctx(), { name: `new ${log}` })
    await appendLogs(ctx(), { lines: [{ name: 'n', level: 20, message: 'new', timestamp: now }] })
    for (;;) if ((await sweepRetention(ctx(), { events: now - 7 * day, lines: now - 30 * day })).isDone) break
    const items = log === 'events' ? 'events { event }' : 'logs { message }'
    const subscriber = overSocket(url, `subscription ($after: Cursor) { ${field}(after: $after) { cursor gap { reason } ${items} } }`, {
      after: encodeCursor({ logId: doors.house.logId, log, seq: 1 }),
    })
    const { data } = await subscriber.next()
    expect(data[field]).toMatchObject({ gap: { reason: 'EXPIRED' } })
    const next = (await subscriber.next()).data[field]
    expect(
      log === 'events' ? next.events.map((one: { event: string }) => one.event) : next.logs.map((one: { message: string }) => one.message),
    ).toEqual(log === 'events' ? ['prefect.flow.created', 'retention.swept', 'retention.swept'] : ['new'])
    await subscriber.leave()
  })
})
