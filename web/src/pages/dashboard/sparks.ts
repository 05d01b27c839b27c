import type { FlowRunRowFragment, StateType } from '../../generated/graphql.ts'
import { expectedStart } from '../flow-runs/list-order.ts'

const BUCKETS = 24
const FEWEST_RUNS = 12

type Bucket = ReadonlyMap<StateType, number>

/** The newest runs by when they were due, from the oldest of them to now: within that span they are all there are. */
export const bucketsOf = (runs: readonly FlowRunRowFragment[], now: number): readonly Bucket[] | undefined => {
  const oldest = runs.at(-1)
  if (oldest === undefined || runs.length < FEWEST_RUNS) return undefined
  const from = Date.parse(expectedStart(oldest))
  const span = Math.max(1, now - from)
  const buckets = Array.from({ length: BUCKETS }, () => new Map<StateType, number>())
  for (const run of runs) {
    const index = Math.min(BUCKETS - 1, Math.floor(((Date.parse(expectedStart(run)) - from) / span) * BUCKETS))
    const bucket = buckets[index]
    if (bucket && run.stateType) bucket.set(run.stateType, (bucket.get(run.stateType) ?? 0) + 1)
  }
  return buckets
}

/** The share of completed among ended runs, bucket by bucket. */
export const ratesOf = (buckets: readonly Bucket[]): (number | null)[] =>
  buckets.map(bucket => {
    const completed = bucket.get('COMPLETED') ?? 0
    const ended = completed + (bucket.get('FAILED') ?? 0) + (bucket.get('CRASHED') ?? 0)
    return ended === 0 ? null : completed / ended
  })
