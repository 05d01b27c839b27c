import { type Clock, seconds, systemClock } from '../../src/kernel/clock.ts'

export interface SkippingClock extends Clock {
  /** Puts it forward, by seconds. */
  skip(count: number): void
}

/** Its timers go off as ever; what is due in an hour is due when the hour has been skipped. */
export function skippingClock(): SkippingClock {
  let skipped = 0
  return { ...systemClock, now: () => systemClock.now() + skipped, skip: count => void (skipped += seconds(count)) }
}
