// A clock in the test's hand: time moves when it is told to, timers fire when their time has come.
import type { Clock, Instant } from '../../../src/kernel/clock.ts'

export interface ManualClock extends Clock {
  set(now: Instant): void
  /** Moves on by milliseconds and fires what is due, oldest first. */
  advance(milliseconds: number): void
  /** How many timers are set. */
  readonly pending: number
}

export function manualClock(start: Instant = 1_795_608_000_000_000): ManualClock {
  let now = start
  const timers = new Map<object, { readonly at: Instant; readonly task: () => void }>()
  return {
    now: () => now,
    elapsed: () => now / 1000,
    nextTurn: task => void setImmediate(task),
    after(milliseconds, task) {
      const key = {}
      timers.set(key, { at: now + milliseconds * 1000, task })
      return { stop: () => void timers.delete(key) }
    },
    set(instant) {
      now = instant
    },
    advance(milliseconds) {
      now += milliseconds * 1000
      for (const [key, { at, task }] of [...timers].sort(([, one], [, other]) => one.at - other.at)) {
        if (at > now || !timers.delete(key)) continue
        task()
      }
    },
    get pending() {
      return timers.size
    },
  }
}

/** Lets everything that is ready run. */
export async function turns(count = 5): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>(resolve => setImmediate(resolve))
}

/** Numbers in [0, 1) that are the same for the same seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
