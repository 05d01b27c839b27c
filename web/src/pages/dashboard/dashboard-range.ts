import { QUARTER_HOUR, type TimeRange } from '../../charts/time-range.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Reach {
  past: number
  bucket: number
  ahead: number
}

const reaches = {
  '1h': { past: HOUR, bucket: QUARTER_HOUR, ahead: QUARTER_HOUR },
  '24h': { past: DAY, bucket: QUARTER_HOUR, ahead: 2 * HOUR },
  '7d': { past: 7 * DAY, bucket: 2 * HOUR, ahead: 12 * HOUR },
  '30d': { past: 30 * DAY, bucket: 6 * HOUR, ahead: 2 * DAY },
} as const satisfies Record<string, Reach>

export type RangeName = keyof typeof reaches
export const rangeNames = Object.keys(reaches) as RangeName[]
export const isRangeName = (word: string | null): word is RangeName => word !== null && Object.hasOwn(reaches, word)

/** How far a zone is ahead of UTC at a time, in milliseconds. */
type OffsetOf = (time: number) => number

/**
 * From that long ago until now, whole buckets, and a bit of what is to come. Buckets begin on round hours of the zone; behind a change
 * of its clocks they lie an hour beside them.
 */
export const rangeUpTo = (name: RangeName, now: number, offsetOf: OffsetOf): TimeRange => {
  const { past, bucket, ahead } = reaches[name]
  const offset = offsetOf(now - past)
  const start = Math.floor((now - past + offset) / bucket) * bucket - offset
  const passed = Math.floor((now - start) / bucket + 1) * bucket
  return { start, end: start + passed + ahead, bucketMilliseconds: bucket }
}

const MOST_BUCKETS = 130
const bucketHours = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168]

/** As somebody chose it, by quarters of an hour, in as short buckets as can be told apart. */
export const rangeBetween = (start: number, end: number): TimeRange => {
  const least = (end - start) / MOST_BUCKETS
  const found = bucketHours.find(hours => hours * HOUR >= least)
  return { start, end, bucketMilliseconds: found === undefined ? Math.ceil(least / (168 * HOUR)) * 168 * HOUR : found * HOUR }
}
