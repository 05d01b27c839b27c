import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import { invalidAt } from '../../kernel/errors.ts'
import { instantSchema } from '../../kernel/inputs.ts'
import type { StoredRecord, SumQuery, Sums } from '../../kernel/storage.ts'
import { bucketOf, FlowRunRollup, isBorder, QUARTER_HOUR } from '../rollups/index.ts'
import { type StateType, stateTypes } from '../states/index.ts'
import { countedBetween, type FlowRunCountFilter } from './flow-run.counts.ts'

export interface CountsOfRuns {
  /** By the kind of their state; kinds without runs are left out. */
  readonly counts: readonly { readonly type: StateType; readonly count: number }[]
  /** How many of the scheduled ones are late. */
  readonly lateCount: number
}

export interface RunsInBucket extends CountsOfRuns {
  readonly start: Instant
  readonly end: Instant
}

const MOST_BUCKETS = 500

const border = instantSchema.refine(isBorder, 'must be a full quarter of an hour')

/** A stretch of time in buckets; the last of them may end behind it. */
export const bucketRangeInput = {
  start: border,
  end: border,
  bucketSize: z.int().min(QUARTER_HOUR, 'must be at least 15 minutes').multipleOf(QUARTER_HOUR, 'must be a multiple of 15 minutes'),
}

export interface BucketRange {
  readonly start: Instant
  readonly end: Instant
  readonly bucketSize: number
}

/** INVALID for a range of none or more than 500. */
export function bucketCount({ start, end, bucketSize }: BucketRange): number {
  if (end <= start) throw invalidAt(['end'], 'must be later than the start')
  const count = Math.ceil((end - start) / bucketSize)
  if (count > MOST_BUCKETS) throw invalidAt(['bucketSize'], `makes ${count} buckets of this range: ${MOST_BUCKETS} are allowed`)
  return count
}

type Scoped = Omit<SumQuery, 'workspaceId'>

/** Of a stretch between two borders, by kind of state and whether late. */
export const runsBetween = (filter: FlowRunCountFilter | null | undefined, start: Instant, end: Instant): Scoped => ({
  entity: FlowRunRollup,
  where: countedBetween(filter, start, end),
  sum: 'count',
  by: ['stateType', 'isLate'],
  // Those of flows are sought by flow.
  ...(filter?.flowIds ? {} : { cells: kindsAndLate }),
})

/** Only what is scheduled can be late. */
const kindsAndLate = [
  ...stateTypes.filter(type => type !== 'SCHEDULED').map(type => [type, null]),
  ['SCHEDULED', false],
  ['SCHEDULED', true],
]

export const runsByBucket = (filter: FlowRunCountFilter | null | undefined, range: BucketRange): Scoped => ({
  ...runsBetween(filter, range.start, range.start + bucketCount(range) * range.bucketSize),
  slots: bucketSlots(range),
})

export const bucketSlots = (range: BucketRange) => ({
  property: 'bucket',
  start: bucketOf(range.start),
  width: range.bucketSize / QUARTER_HOUR,
  count: bucketCount(range),
})

/** What `runsByBucket` has found, empty buckets included. */
export function bucketsOf({ rows }: Sums, range: BucketRange): RunsInBucket[] {
  const bySlot = Map.groupBy(rows, ({ slot }) => slot)
  return Array.from({ length: bucketCount(range) }, (_, slot) => ({
    start: range.start + slot * range.bucketSize,
    end: range.start + (slot + 1) * range.bucketSize,
    ...countsOf(bySlot.get(slot) ?? []),
  }))
}

/** What `runsBetween` has found. */
export function countsOf(rows: readonly { readonly record: StoredRecord; readonly sum: number }[]): CountsOfRuns {
  const sums = new Map<StateType, number>()
  let lateCount = 0
  for (const { record, sum } of rows) {
    const type = record['stateType'] as StateType
    sums.set(type, (sums.get(type) ?? 0) + sum)
    if (record['isLate']) lateCount += sum
  }
  return { counts: [...sums].map(([type, count]) => ({ type, count })), lateCount }
}
