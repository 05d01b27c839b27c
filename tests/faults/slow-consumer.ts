import { setTimeout as sleep } from 'node:timers/promises'
import { residentMegabytesOf } from '../../bench/machine.ts'
import { openPlace } from '../../bench/places.ts'
import { judgeFollowers, untilRead } from './compare.ts'
import { cursorNow, type Follower, followBySocket } from './followers.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { storedEvents } from './stored.ts'
import { startWriters } from './writers.ts'

/** What a reader that does not read may cost, beyond what the load itself does to the memory. */
const MOST_GROWTH_MEGABYTES = 150

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
      await site.start()
      const from = await cursorNow(site.url)
      const quick = [followBySocket(() => site.url, 'events', from), followBySocket(() => site.url, 'events', from)]
      const slow = Array.from({ length: options['slow']! }, () => followBySocket(() => site.url, 'whole events', from))
      const writers = startWriters(() => site.url, { count: options['writers']! })
      const memory = sampleMemory(site.server.pid())
      // As long as the load needs to fill the memory by itself.
      await sleep(WARM_UP_SECONDS * 1000)
      const before = writers.milliseconds.length
      const loaded = memory.highest()
      for (const follower of slow) follower.pause()
      await sleep(options['seconds']! * 1000)
      const during = writers.milliseconds.length
      const lag = quick.map(follower => writers.acknowledged.length - follower.received.length)
      for (const follower of slow) follower.resume()
      await sleep(1000)
      await writers.stop()
      const events = await storedEvents(place)
      const followers = [...quick, ...slow]
      await untilRead(
        followers,
        followers.map(() => events.length),
        30_000,
      )
      const highest = memory.stop()
      for (const follower of followers) follower.stop()
      await site.close()
      const { broken, details } = judgeFollowers(followers, events)
      const verdict = await askOracle(place.url)
      return {
        broken: {
          ...broken,
          'failed writes': writers.failures,
          'times memory grew too much': highest - loaded > MOST_GROWTH_MEGABYTES ? 1 : 0,
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
          'RSS MB under load': loaded,
          'RSS MB at most': highest,
        },
      }
    } finally {
      await site.close()
      await place.dispose()
    }
  },
}

const reconnections = (followers: readonly Follower[]): number => followers.reduce((sum, { connections }) => sum + connections - 1, 0)

function sampleMemory(pid: number): { highest(): number; stop(): number } {
  const samples: number[] = []
  const timer = setInterval(() => samples.push(residentMegabytesOf(pid) ?? 0), 250)
  const highest = () => Math.max(...samples)
  return {
    highest,
    stop() {
      clearInterval(timer)
      return highest()
    },
  }
}

function p99(milliseconds: readonly number[]): number {
  const sorted = [...milliseconds].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
}
