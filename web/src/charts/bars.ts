import { heightAbove, heightBelow, merged, type StateBucket, stepFor } from './state-buckets.ts'
import { bucketCountOf, type TimeRange } from './time-range.ts'

export interface Bars {
  readonly bars: readonly StateBucket[]
  /** Where the first bar begins: at or before the range. */
  readonly start: number
  /** How long each bar is, in milliseconds. */
  readonly span: number
}

const LEAST_PITCH = 8
const roundHours = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168, 336, 1008]
const HOUR = 3_600_000

/** One bar a bucket where there is room; else one for an hour, a quarter of a day or a day of the zone. */
export const barsOf = (buckets: readonly StateBucket[], range: TimeRange, width: number, offset: number): Bars => {
  const { start, end, bucketMilliseconds: bucket } = range
  if (bucketCountOf(range) * LEAST_PITCH <= width) return { bars: buckets, start, span: bucket }
  const spans = roundHours.map(hours => hours * HOUR).filter(span => span > bucket && span % bucket === 0)
  const span = spans.find(span => ((end - start) / span) * LEAST_PITCH <= width) ?? spans.at(-1) ?? bucket
  // Where the clocks have changed, bars begin beside the round hour, as buckets do.
  const lead = Math.floor(((start + offset) % span) / bucket)
  return { bars: merged(buckets, span / bucket, lead), start: start - lead * bucket, span }
}

const LEAST_ABOVE = 4
const LEAST_BELOW = 5
const MOST_LINES = 3

/** Above and below the line have scales of their own: three grid lines at most up, one down. A single run is never a full bar. */
export const scalesOf = (bars: readonly StateBucket[]) => {
  const above = Math.max(LEAST_ABOVE, ...bars.map(heightAbove))
  const step = stepFor(above, MOST_LINES)
  const mostAbove = Math.max(above, Math.floor(above / step) * step)
  const below = Math.max(LEAST_BELOW, ...bars.map(heightBelow))
  return {
    mostAbove,
    mostBelow: stepFor(below, 1),
    linesAbove: Array.from({ length: Math.floor(mostAbove / step) }, (_, index) => (index + 1) * step),
  }
}
