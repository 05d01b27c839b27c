import { setTimeout as sleep } from 'node:timers/promises'
import { inspected, openHeap } from '../../bench/heap.ts'
import { openPlace } from '../../bench/places.ts'
import { judgeFollowers, untilRead } from './compare.ts'
import { cursorNow, type Follower, followBySocket } from './followers.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { storedEvents } from './stored.ts'
import { startWriters } from './writers.ts'

/** What a reader that does not read may make the server hold, what the load itself leaves in the meantime included. */
const MOST_HELD_MEGABYTES = 8

const WARM_UP_SECONDS = 6

export const slowConsumer: Scenario = {
  name: 'slow-consumer',
  sentence:
    'A subscriber that stops reading under load misses nothing when it reads again, disturbs nobody, and costs no memory that grows.',
  databases: ['sqlite', 'postgres'],
  options: { seconds: 8, writers: 16, slow: 5 },
  async run({ database, options }) {
    const place = await openPlace(database)
    const site = createSite(place.url)
    try {
      await site.start(inspected)
      const heap = await openHeap(site.server.output())
      const from = await cursorNow(site.url)
      const quick = [followBySocket(() => site.url, 'events', from), followBySocket(() => site.url, 'events', from)]
      const slow = Array.from({ length: options['slow']! }, () => followBySocket(() => site.url, 'whole events', from))
      const writers = startWriters(() => site.url, { count: options['writers']! })
      await sleep(WARM_UP_SECONDS * 1000)
      const before = writers.milliseconds.length
      const loaded = await heap.megabytes()
      for (const follower of slow) follower.pause()
      await sleep(options['seconds']! * 1000)
      const during = writers.milliseconds.length
      const held = (await heap.megabytes()) - loaded
      heap.close()
      const lag = quick.map(follower => writers.acknowledged.length - follower.received.length)
      for (const follower of slow) follower.resume()
      await sleep(1000)
      await writers.stop()
      const events = await storedEvents(place)
      const followers = [...quick, ...slow]
      await untilRead(
        followers,
        followers.map(() => events.length),
      )
      for (const follower of followers) follower.stop()
      await site.close()
      const { broken, details } = judgeFollowers(followers, events)
      const verdict = await askOracle(place.url)
      return {
        broken: {
          ...broken,
          'failed writes': writers.failures,
          'times the heap grew too much': held > MOST_HELD_MEGABYTES * options['slow']! ? 1 : 0,
          'reconnections of a slow one': reconnections(slow),
          'otherwise wrong': verdict.violations,
        },
        details: [...details, ...verdict.details],
        seen: {
          events: events.length,
          'writes/s before the pause': before / WARM_UP_SECONDS,
          'writes/s during it': (during - before) / options['seconds']!,
          'p99 ms before': p99(writers.milliseconds.slice(0, before)),
          'p99 ms during': p99(writers.milliseconds.slice(before, during)),
          'events the others were behind at its end': lag.join(' '),
          'heap MB after a collection, under load': loaded,
          'more with readers that do not read': held,
        },
      }
    } finally {
      await site.close()
      await place.dispose()
    }
  },
}

const reconnections = (followers: readonly Follower[]): number => followers.reduce((sum, { connections }) => sum + connections - 1, 0)

function p99(milliseconds: readonly number[]): number {
  const sorted = [...milliseconds].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
}
