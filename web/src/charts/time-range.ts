export interface TimeRange {
  /** Milliseconds since the epoch; the last bucket ends at `end`, or goes on behind it. */
  readonly start: number
  readonly end: number
  readonly bucketMilliseconds: number
}

export const QUARTER_HOUR = 15 * 60_000

export const bucketCountOf = ({ start, end, bucketMilliseconds }: TimeRange): number => Math.ceil((end - start) / bucketMilliseconds)

export const rangeVariables = ({ start, end, bucketMilliseconds }: TimeRange) => ({
  start: new Date(start).toISOString(),
  end: new Date(end).toISOString(),
  bucketSize: bucketMilliseconds / 1000,
})
