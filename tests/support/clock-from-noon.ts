import { type Clock, systemClock } from '../../src/kernel/clock.ts'

const noon = 1_795_608_000_000_000

/** Begins at a noon and goes as ever: no quarter of an hour ends while a test runs. */
export function clockFromNoon(): Clock {
  const begun = systemClock.now()
  return { ...systemClock, now: () => noon + systemClock.now() - begun }
}
