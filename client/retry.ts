const FLOOR_MILLISECONDS = 250
const CEILING_MILLISECONDS = 5_000

/** Doubles from 250 ms to 5 s and spreads clients over half of it, so that a restarted server is not hit by all at once. */
export const retryWaitMilliseconds = (retries: number, random: number): number => {
  const full = Math.min(CEILING_MILLISECONDS, FLOOR_MILLISECONDS * 2 ** Math.min(retries, 10))
  return Math.round(full / 2 + (full / 2) * random)
}
