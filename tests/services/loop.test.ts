import { expect, test } from 'vitest'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import { createServiceTicks } from '../../src/kernel/service-ticks.ts'
import { startLoop } from '../../src/services/loop.ts'

/** A clock whose timers go off when the test says so. */
function handClock() {
  const timers: { milliseconds: number; task: () => void; isStopped: boolean }[] = []
  const clock: Clock = {
    ...systemClock,
    after(milliseconds, task) {
      const timer = { milliseconds, task, isStopped: false }
      timers.push(timer)
      return { stop: () => void (timer.isStopped = true) }
    },
  }
  return { clock, timers }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const ticks = createServiceTicks(systemClock)
const options = { ticks, name: 'test', everyMilliseconds: 1000, firstAfterMilliseconds: 100, log: quiet }

test('a loop waits a tenth more or less than it is told, first and every time after its work', async () => {
  const { clock, timers } = handClock()
  const chances = [0, 0.5, 0.999]
  const loop = startLoop({ ...options, clock, ids: { random: () => chances.shift()! }, run: async () => undefined })
  for (const index of [0, 1]) {
    timers[index]!.task()
    await new Promise(setImmediate)
  }
  expect(timers.map(({ milliseconds }) => Math.round(milliseconds))).toEqual([90, 1000, 1100])
  await loop.stop()
})

test('a loop that fails says so and goes on', async () => {
  const { clock, timers } = handClock()
  const said: object[] = []
  const log = { ...quiet, warn: (facts: object) => void said.push(facts) }
  const loop = startLoop({ ...options, clock, log, ids: { random: () => 0.5 }, run: () => Promise.reject(new Error('no')) })
  timers[0]!.task()
  await new Promise(setImmediate)
  expect(said).toMatchObject([{ service: 'test', error: { message: 'no' } }])
  expect(ticks.list()).toEqual([{ name: 'test', everyMilliseconds: 1000, lastTickAt: expect.any(Number), failure: 'no' }])
  expect(timers).toHaveLength(2)
  await loop.stop()
})

test('a loop that is stopped ends what is under way first, and does nothing more', async () => {
  const { clock, timers } = handClock()
  const work = Promise.withResolvers<void>()
  let signal: AbortSignal | undefined
  const loop = startLoop({
    ...options,
    clock,
    ids: { random: () => 0.5 },
    run: given => {
      signal = given
      return work.promise
    },
  })
  timers[0]!.task()
  let isStopped = false
  const stopped = loop.stop().then(() => void (isStopped = true))
  await new Promise(setImmediate)
  expect(ticks.list()).toMatchObject([{ lastTickAt: null, failure: null }])
  expect([signal!.aborted, isStopped]).toEqual([true, false])
  work.resolve()
  await stopped
  expect(timers).toHaveLength(1)
})
