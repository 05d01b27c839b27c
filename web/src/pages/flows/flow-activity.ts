import { added, bucketsFrom, type StateBucket } from '../../charts/state-buckets.ts'
import { bucketAt, bucketCountOf, type TimeRange } from '../../charts/time-range.ts'
import type { FlowActivityFragment, FlowLastRunFragment, FlowRowFragment, FlowRunChangeFragment } from '../../generated/graphql.ts'
import { compareText } from '../../live/text-order.ts'
import type { StateType } from '../../parts/states.ts'

/** What a flow did in a range of time and does now, kept true by every transition of its runs. */
export interface Activity {
  readonly buckets: readonly StateBucket[]
  readonly runningCount: number
}

export const activityOf = ({ counts, runningCount }: Omit<FlowActivityFragment, 'eventCursor'>, range: TimeRange): Activity => ({
  buckets: bucketsFrom(counts, bucketCountOf(range)),
  runningCount,
})

/** What of a change the counts need. */
interface Move {
  readonly flowRun: { readonly expectedStartTime?: string | null }
  readonly state: { readonly type: StateType }
  readonly previousState?: { readonly type: StateType } | null
}

/** A run moves from the kind of state that it was in to the one that it is in, where it was expected. */
export const withChange = (activity: Activity, { flowRun, state, previousState }: Move, range: TimeRange): Activity => {
  const { type } = state
  const previous = previousState?.type
  const runningCount = activity.runningCount + Number(type === 'RUNNING') - Number(previous === 'RUNNING')
  const at = flowRun.expectedStartTime ? bucketAt(range, Date.parse(flowRun.expectedStartTime)) : undefined
  if (at === undefined || type === previous) return { ...activity, runningCount }
  const before = activity.buckets[at] ?? {}
  return { buckets: activity.buckets.with(at, added(previous ? added(before, previous, -1) : before, type, 1)), runningCount }
}

/** A flow as it stands in the list. */
export interface FlowRow extends Omit<FlowRowFragment, 'activity' | 'lastRun'> {
  readonly activity: Activity
  readonly lastRun: FlowLastRunFragment | null
}

export const rowOf = ({ activity, lastRun, ...flow }: FlowRowFragment, range: TimeRange): FlowRow => ({
  ...flow,
  activity: activityOf(activity, range),
  lastRun: lastRun ?? null,
})

/** `now` tells what is still ahead: that is no last run. */
export const rowWithChange = (row: FlowRow, change: FlowRunChangeFragment, range: TimeRange, now: number): FlowRow => ({
  ...row,
  activity: withChange(row.activity, change, range),
  lastRun: lastOf(row.lastRun, change.flowRun, now),
})

const lastOf = (known: FlowLastRunFragment | null, run: FlowLastRunFragment, now: number): FlowLastRunFragment | null => {
  if (known?.id === run.id) return run.version > known.version ? run : known
  if (Date.parse(run.expectedStartTime ?? '') > now) return known
  return known === null || isLater(run, known) ? run : known
}

const isLater = (run: FlowLastRunFragment, other: FlowLastRunFragment): boolean =>
  (compareText(run.expectedStartTime ?? '', other.expectedStartTime ?? '') || compareText(run.id, other.id)) > 0
