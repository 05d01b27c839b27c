import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace } from '../../bench/places.ts'
import { receiveEvents } from '../../src/core/events/index.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import { judgeFollowers, untilRead } from './compare.ts'
import { cursorNow, followBySocket, followByStream } from './followers.ts'
import { askOracle } from './oracle.ts'
import { openPostgresHouse, type PostgresHouse } from './postgres-house.ts'
import type { Figures, Scenario, ScenarioOrder } from './scenario.ts'
import { createSite } from './site.ts'
import { storedEvents } from './stored.ts'
import { startWriters } from './writers.ts'

const options = { seconds: 8, writers: 4 }
const HOLD_MILLISECONDS = [0, 40, 150, 500]

export const commitOrder: Scenario = {
  name: 'commit-order',
  sentence: 'Followers of two servers miss nothing while others append to the same log and hold their commits for up to half a second.',
  databases: ['postgres'],
  options,
  run: order => run(order, false),
}

/** The control: numbers drawn without the append lock are seen before smaller ones are committed. If this misses nothing, the other proves nothing. */
export const commitOrderUnlocked: Scenario = {
  name: 'commit-order-unlocked',
  sentence: 'The same without the append lock does miss events: the scenario bites.',
  databases: ['postgres'],
  options,
  async run(order) {
    const { broken, seen, details } = await run(order, true)
    return { broken: { 'times it saw nothing': broken['missed']! > 0 ? 0 : 1 }, seen: { ...seen, missed: broken['missed']! }, details }
  },
}

async function run({ options: { seconds, writers: writerCount } }: ScenarioOrder, withoutAppendLock: boolean): Promise<Figures> {
  const place = await openPlace('postgres')
  const sites = [createSite(place.url), createSite(place.url)]
  const houses: PostgresHouse[] = []
  try {
    for (const site of sites) await site.start()
    for (const commitDelayMilliseconds of HOLD_MILLISECONDS)
      houses.push(await openPostgresHouse(place.url, { commitDelayMilliseconds, withoutAppendLock }))
    const from = await cursorNow(sites[0]!.url)
    const followers = sites.flatMap(site => [
      followBySocket(() => site.url, 'events', from),
      followByStream(() => site.url, 'events', from),
    ])
    const writers = sites.map(site => startWriters(() => site.url, { count: writerCount!, pauseMilliseconds: 5 }))
    const deadline = performance.now() + seconds! * 1000
    const appended = await Promise.all(houses.map((house, index) => appendUntil(house, HOLD_MILLISECONDS[index]!, deadline)))
    for (const one of writers) await one.stop()
    const events = await storedEvents(place)
    await untilRead(
      followers,
      followers.map(() => events.length),
      withoutAppendLock ? 2000 : undefined,
    )
    for (const follower of followers) follower.stop()
    for (const site of sites) await site.close()
    const { broken, details } = judgeFollowers(followers, events)
    const verdict = await askOracle(place.url)
    return {
      broken: {
        ...broken,
        'connections that were not kept': followers.reduce((sum, { connections }) => sum + connections - 1, 0),
        'otherwise wrong': verdict.violations,
      },
      details: [...details, ...verdict.details],
      seen: {
        events: events.length,
        'held appends': appended.reduce((sum, { done }) => sum + done, 0),
        'held appends refused': appended.reduce((sum, { refused }) => sum + refused, 0),
        acknowledged: writers.reduce((sum, one) => sum + one.acknowledged.length, 0),
        'writes refused': writers.reduce((sum, one) => sum + one.failures, 0),
      },
    }
  } finally {
    for (const { storage } of houses) await storage.close()
    for (const site of sites) await site.close()
    await place.dispose()
  }
}

/** Appends through the port, cold and hot in turn, each holding its commit as long as its house does. */
async function appendUntil({ ctx }: PostgresHouse, holdMilliseconds: number, deadline: number): Promise<{ done: number; refused: number }> {
  const count = { done: 0, refused: 0 }
  while (performance.now() < deadline) {
    const event = {
      id: ctx.ids.uuid(),
      occurred: ctx.clock.now(),
      event: 'faults.held',
      resource: { 'prefect.resource.id': 'faults.holder' },
    }
    const isCold = count.done % 2 === 0
    const append = isCold
      ? inTransaction(ctx, async inside =>
          inside.emit({ ...event, workspaceId: ctx.workspace.id, received: event.occurred, related: [], payload: {}, follows: null }),
        )
      : receiveEvents(ctx, { events: [event] })
    await append.then(
      () => count.done++,
      () => count.refused++,
    )
    // The log is free for others about half of the time.
    await sleep((50 + holdMilliseconds) * 4 * (0.5 + Math.random()))
  }
  return count
}
