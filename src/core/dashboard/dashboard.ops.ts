import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { atMost, type Condition, noneOf, oneOf } from '../../kernel/filters.ts'
import { query } from '../../kernel/operation.ts'
import { readByIds } from '../../kernel/paging.ts'
import type { Order, Sums } from '../../kernel/storage.ts'
import {
  asRunFilter,
  type BucketRange,
  bucketRangeInput,
  bucketsOf,
  type CountsOfRuns,
  countedByFlowInParts,
  countedConditions,
  countsOf,
  FlowRun,
  type FlowRunCountFilter,
  flowRunConditions,
  flowRunCountFilter,
  type ListedFlowRun,
  listedProperties,
  type RunsInBucket,
  runsBetween,
  runsByBucket,
} from '../flow-runs/index.ts'
import { QUARTER_HOUR } from '../rollups/index.ts'
import { isTerminalType, stateTypes } from '../states/index.ts'
import { inParts, readStrips, readUsualDurations, type Strips, type UsualDuration } from './dashboard.flows.ts'
import { type DashboardTaskRuns, sumsOfTasks, taskRunsOf } from './dashboard.tasks.ts'

export interface Dashboard extends BucketRange {
  readonly buckets: readonly RunsInBucket[]
  /** The stretch before, as long as what has passed of this one. */
  readonly previous: CountsOfRuns
  /** What has not ended, whenever it was expected. */
  readonly current: CountsOfRuns
  /** How late the late ones are on average, in microseconds; of the 200 that are latest. */
  readonly averageLateness: number | null
  readonly failingFlows: readonly FailingFlow[]
  /** Null where the filter names flows: task runs are not counted by flow. */
  readonly taskRuns: DashboardTaskRuns | null
  /** Of the failing flows; at most the last 33 days of the stretch. */
  readonly strips: Strips
  /** Those expected first come first. */
  readonly running: readonly ListedFlowRun[]
  /** Of the flows of what runs; those with fewer than five completed runs are left out. */
  readonly usualDurations: readonly UsualDuration[]
  /** Scheduled ones, late ones included; those due first come first. */
  readonly upcoming: readonly ListedFlowRun[]
  /** Newest first, without those that are to come. */
  readonly newest: readonly ListedFlowRun[]
  /** The newest event that all of this knows of. */
  readonly asOf: number
}

export interface FailingFlow {
  readonly flowId: string
  readonly failedCount: number
  readonly crashedCount: number
  /** The newest of them; null when it is older than the newest hundred failures, or was retried this moment. */
  readonly newestFailure: ListedFlowRun | null
}

const MOST_LATE = 200
const MOST_FAILURES = 100

/**
 * Everything a dashboard shows, read in one moment: whatever is counted twice is the same number. What is only drawn beside a name
 * (a newest failure, strips, usual durations) is read next.
 */
export const readDashboard = query('flow-run.read-dashboard', {
  input: z.object({ ...bucketRangeInput, filter: flowRunCountFilter.nullish(), most: z.int().min(1).max(50).default(8) }),
  needs: 'flow-run:read',
  async run(ctx, { filter, most, ...range }): Promise<Dashboard> {
    const { start, end } = range
    const now = ctx.clock.now()
    const previousStart = Math.max(0, start - passedOf(range, now))
    const { lists, sums } = await ctx.read.together({
      sumBy: {
        byBucket: runsByBucket(filter, range),
        before: runsBetween(filter, previousStart, start),
        now: { ...runsBetween(filter, start, end), where: unended(filter) },
        ...sumsOfTasks(filter, range, previousStart),
        ...inParts(countedByFlowInParts({ ...filter, stateTypes: ['FAILED', 'CRASHED'] }, start, end)),
      },
      select: {
        late: {
          ...runs(filter, 'asc', MOST_LATE, [...oneOf('stateName', ['Late']), ...scheduled, ...atMost('sortTime', now)]),
          properties: ['id', 'expectedStartTime'],
        },
        running: runs(filter, 'asc', most, oneOf('stateType', ['RUNNING'])),
        upcoming: runs(filter, 'asc', most, scheduled),
        newest: runs(filter, 'desc', most, [...noneOf('stateType', ['SCHEDULED']), ...atMost('sortTime', now)]),
        failed: failuresOf('FAILED', filter, end),
        crashed: failuresOf('CRASHED', filter, end),
      },
    })
    const listed = (list: keyof typeof lists) => lists[list] as unknown as readonly ListedFlowRun[]
    const { byBucket, before, now: unendedNow, tasks, tasksBefore, tasksNow, ...failures } = sums
    const failing = failingFlows(
      Object.values<Sums>(failures).flatMap(({ rows }) => rows),
      [...lists.failed, ...lists.crashed] as unknown as Failure[],
      start,
    ).slice(0, most)
    const [newestFailures, strips, usualDurations] = await Promise.all([
      readFailures(
        ctx,
        failing.flatMap(({ newestFailureId: id }) => id ?? []),
      ),
      readStrips(
        ctx,
        failing.map(({ flowId }) => flowId),
        filter,
        range,
      ),
      readUsualDurations(ctx, [...new Set(listed('running').map(({ flowId }) => flowId))]),
    ])
    return {
      ...range,
      buckets: bucketsOf(byBucket, range),
      previous: countsOf(before.rows),
      current: countsOf(unendedNow.rows),
      averageLateness: meanOf(listed('late').map(run => now - run.expectedStartTime!)),
      failingFlows: failing.map(({ newestFailureId: id, ...flow }) => ({ ...flow, newestFailure: newestFailures.get(id ?? '') ?? null })),
      taskRuns: taskRunsOf(filter, range, { tasks, tasksBefore, tasksNow }),
      strips,
      running: listed('running'),
      usualDurations,
      upcoming: listed('upcoming'),
      newest: listed('newest'),
      asOf: byBucket.asOf,
    }
  },
})

type Filter = FlowRunCountFilter | null | undefined

/** The quarter of an hour under way counts whole. What is still to come has nothing to be compared with. */
const passedOf = ({ start, end }: BucketRange, now: Instant): number =>
  Math.min(end, Math.max(start, Math.ceil(now / QUARTER_HOUR) * QUARTER_HOUR)) - start

const scheduled = oneOf('stateType', ['SCHEDULED'])

const runs = (filter: Filter, direction: Order[1], limit: number, where: readonly Condition[]) => ({
  entity: FlowRun,
  where: [...flowRunConditions(asRunFilter(filter)), ...where],
  orderBy: [
    ['sortTime', direction],
    ['id', direction],
  ] as const,
  properties: listedProperties,
  limit,
})

/** What tells which are the newest: of two hundred, few are shown. */
type Failure = Pick<ListedFlowRun, 'id' | 'flowId' | 'sortTime'>

const failuresOf = (type: 'FAILED' | 'CRASHED', filter: Filter, end: Instant) => ({
  ...runs(filter, 'desc', MOST_FAILURES, [...oneOf('stateType', [type]), ...atMost('sortTime', end - 1)]),
  properties: ['id', 'flowId', 'sortTime'],
})

async function readFailures({ read }: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, ListedFlowRun>> {
  const found = await readByIds<ListedFlowRun>(read, FlowRun, ids, listedProperties)
  return new Map(found.flatMap(run => (run?.stateType === 'FAILED' || run?.stateType === 'CRASHED' ? [[run.id, run] as const] : [])))
}

const unended = (filter: Filter) =>
  countedConditions({ ...asRunFilter(filter), stateTypes: stateTypes.filter(type => !isTerminalType(type)) })!

/** Most failures first. */
function failingFlows(rows: Sums['rows'], failures: readonly Failure[], start: Instant) {
  const newest = new Map<string, Failure>()
  for (const run of failures) {
    const known = newest.get(run.flowId)
    if (run.sortTime >= start && (known === undefined || isNewer(run, known))) newest.set(run.flowId, run)
  }
  return [...Map.groupBy(rows, ({ record }) => record['flowId'] as string)]
    .map(([flowId, own]) => {
      const count = (type: string) => own.reduce((sum, row) => sum + (row.record['stateType'] === type ? row.sum : 0), 0)
      return { flowId, failedCount: count('FAILED'), crashedCount: count('CRASHED'), newestFailureId: newest.get(flowId)?.id ?? null }
    })
    .sort((a, b) => b.failedCount + b.crashedCount - a.failedCount - a.crashedCount || (a.flowId < b.flowId ? -1 : 1))
}

/** In the order of lists. */
const isNewer = (one: Failure, other: Failure): boolean =>
  one.sortTime > other.sortTime || (one.sortTime === other.sortTime && one.id > other.id)

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
