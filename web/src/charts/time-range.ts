export interface TimeRange {
  /** Milliseconds since the epoch; the last bucket ends at `end`, or goes on behind it. */
  readonly start: number
  readonly end: number
  readonly bucketMilliseconds: number
}

export const QUARTER_HOUR = 15 * 60_000

/** So many buckets up to the quarter of an hour that is under way, and some that lie ahead. */
export const rangeUpTo = (now: number, bucketMilliseconds: number, past: number, ahead = 0): TimeRange => {
  const end = Math.ceil((now + 1) / QUARTER_HOUR) * QUARTER_HOUR
  return { start: end - past * bucketMilliseconds, end: end + ahead * bucketMilliseconds, bucketMilliseconds }
}

export const bucketCountOf = ({ start, end, bucketMilliseconds }: TimeRange): number => Math.ceil((end - start) / bucketMilliseconds)

/** Undefined outside the range. */
export const bucketAt = (range: TimeRange, time: number): number | undefined => {
  const bucket = Math.floor((time - range.start) / range.bucketMilliseconds)
  return bucket >= 0 && bucket < bucketCountOf(range) ? bucket : undefined
}

export const rangeVariables = ({ start, end, bucketMilliseconds }: TimeRange) => ({
  start: new Date(start).toISOString(),
  end: new Date(end).toISOString(),
  bucketSize: bucketMilliseconds / 1000,
})
