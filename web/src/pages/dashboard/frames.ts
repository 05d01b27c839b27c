import type { StateBucket } from '../../charts/state-buckets.ts'
import type { DashboardFrameFragment } from '../../generated/graphql.ts'

type Counts = DashboardFrameFragment['previous']['counts']
type Bucket = DashboardFrameFragment['buckets'][number]

/** All values are absolute; of the buckets only those come that have changed. */
export const withFrame = (known: DashboardFrameFragment, next: DashboardFrameFragment): DashboardFrameFragment => {
  const changed = new Map(next.buckets.map(bucket => [bucket.start, bucket]))
  return { ...next, buckets: known.buckets.map((bucket): Bucket => changed.get(bucket.start) ?? bucket) }
}

/** Kinds without runs are left out. */
export const bucketOf = (counts: Counts): StateBucket =>
  Object.fromEntries(counts.filter(({ count }) => count > 0).map(({ type, count }) => [type, count]))

/** Whether the server has never had a run; only a frame without a filter can tell. */
export const isWithoutRuns = ({ buckets, previous, current, newest, upcoming }: DashboardFrameFragment): boolean =>
  newest.length + upcoming.length === 0 && [...buckets, previous, current].every(({ counts }) => counts.every(({ count }) => count === 0))
