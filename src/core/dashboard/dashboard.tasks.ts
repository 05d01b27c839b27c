import type { Instant } from '../../kernel/clock.ts'
import { atLeast, atMost, type Condition, oneOf } from '../../kernel/filters.ts'
import type { SumQuery, Sums } from '../../kernel/storage.ts'
import { type BucketRange, bucketCount, bucketSlots, type CountsOfRuns, countsOf, type FlowRunCountFilter } from '../flow-runs/index.ts'
import { ALL_TIME, bucketOf, scopes, TaskRunRollup } from '../rollups/index.ts'
import { isTerminalType, type StateType, stateTypes } from '../states/index.ts'

/** The task runs of a dashboard: those that carry its tag themselves, wherever they run. */
export interface DashboardTaskRuns {
  /** Of the stretch. */
  readonly counts: CountsOfRuns['counts']
  /** Of the stretch before, as for flow runs. */
  readonly previous: CountsOfRuns['counts']
  /** What has not ended, whenever it was expected. */
  readonly current: CountsOfRuns['counts']
  /** In few buckets, of which the last may go on behind the stretch. */
  readonly activity: BucketRange & {
    readonly counts: readonly { readonly bucket: number; readonly type: StateType; readonly count: number }[]
  }
}

type Filter = FlowRunCountFilter | null | undefined
type TaskSums = Readonly<Record<keyof ReturnType<typeof sumsOfTasks>, Sums>>

/** As many as a sparkline has bars. */
const MOST_BUCKETS = 28

/** The numbers that they are made of, to be read together with all others. */
export const sumsOfTasks = (filter: Filter, range: BucketRange, previousStart: Instant) => {
  const { start } = range
  return {
    tasks: {
      ...sumOf(filter, [...between(start, start + bucketCount(range) * range.bucketSize), ...oneOf('stateType', stateTypes)]),
      slots: bucketSlots(activityOf(range)),
    },
    tasksBefore: sumOf(filter, [...between(previousStart, start), ...oneOf('stateType', stateTypes)]),
    tasksNow: sumOf(filter, [...oneOf('bucket', [ALL_TIME]), ...oneOf('stateType', unended)]),
  }
}

/** Null where flows are named: task runs are not counted by flow. */
export function taskRunsOf(filter: Filter, range: BucketRange, { tasks, tasksBefore, tasksNow }: TaskSums): DashboardTaskRuns | null {
  if (filter?.flowIds) return null
  const counts = tasks.rows.map(({ slot, record, sum }) => ({ bucket: slot, type: record['stateType'] as StateType, count: sum }))
  return {
    counts: countsOf(tasks.rows).counts,
    previous: countsOf(tasksBefore.rows).counts,
    current: countsOf(tasksNow.rows).counts,
    activity: { ...activityOf(range), counts },
  }
}

const unended = stateTypes.filter(type => !isTerminalType(type))

/** Whole buckets of the dashboard, so many together that few are left. */
const activityOf = (range: BucketRange): BucketRange => ({
  ...range,
  bucketSize: range.bucketSize * Math.ceil(bucketCount(range) / MOST_BUCKETS),
})

const sumOf = (filter: Filter, where: readonly Condition[]): Omit<SumQuery, 'workspaceId'> => ({
  entity: TaskRunRollup,
  where: [...oneOf('scope', [typeof filter?.tag === 'string' ? scopes.ofTag(filter.tag) : scopes.all]), ...where],
  sum: 'count',
  by: ['stateType'],
  cells: stateTypes.map(type => [type]),
})

const between = (start: Instant, end: Instant): Condition[] => [
  ...atLeast('bucket', bucketOf(start)),
  ...atMost('bucket', bucketOf(end - 1)),
]
