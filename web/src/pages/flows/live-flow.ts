import { rangeUpTo, rangeVariables, type TimeRange } from '../../charts/time-range.ts'
import { follow, request } from '../../client.ts'
import {
  FlowPageChangedDocument,
  type FlowPageChangedSubscription,
  FlowPageDocument,
  type FlowPageQuery,
  type FlowRunPointFragment,
  type FlowRunRowFragment,
} from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { createNewestList } from '../../live/newest-list.ts'
import { expectedStart, newestFirst } from '../flow-runs/list-order.ts'
import { type Activity, activityOf, withChange } from './flow-activity.ts'
import { withRun } from './flow-durations.ts'
import { rereadOnChange } from './reread.ts'

const HOUR = 3_600_000

/** How the chart is cut: bars up to now, and some for what is scheduled next. */
export const flowRanges = {
  '24h': { words: 'last 24 hours', bucket: HOUR / 4, past: 96, ahead: 8 },
  '7d': { words: 'last 7 days', bucket: 2 * HOUR, past: 84, ahead: 6 },
  '30d': { words: 'last 30 days', bucket: 8 * HOUR, past: 90, ahead: 6 },
} as const
export type FlowRange = keyof typeof flowRanges

const NEWEST_RUNS = 50
const SOON = 60_000

type Change = FlowPageChangedSubscription['flowRunStateChanged']['changes'][number]

export interface ShownFlow {
  /** Null: there is no such flow, or no more. */
  flow: Omit<NonNullable<FlowPageQuery['flow']>, 'activity'> | null
  rangeName: FlowRange
  range: TimeRange
  activity: Activity
  points: readonly FlowRunPointFragment[]
  runs: readonly FlowRunRowFragment[]
  deployments: FlowPageQuery['deployments']
}

export const liveFlow = (id: string, choose: () => FlowRange) => {
  let shown: ShownFlow | undefined
  const runs = createNewestList<FlowRunRowFragment>({
    limit: NEWEST_RUNS,
    belongs: run => run.stateType !== 'SCHEDULED' || Date.parse(expectedStart(run)) <= clock.now + SOON,
    compare: newestFirst,
  })

  const source: LiveSource<ShownFlow, Change> = {
    async load() {
      const rangeName = choose()
      await clock.isKnown
      const { bucket, past, ahead } = flowRanges[rangeName]
      const range = rangeUpTo(clock.now, bucket, past, ahead)
      const soon = new Date(clock.now + SOON).toISOString()
      const answer = await request(FlowPageDocument, { id, first: NEWEST_RUNS, soon, ...rangeVariables(range) })
      const { activity, ...flow } = answer.flow ?? { activity: undefined }
      const snapshot = {
        flow: 'id' in flow ? flow : null,
        rangeName,
        range,
        activity: activityOf(activity ?? { counts: [], runningCount: 0 }, range),
        points: answer.flowRunDurations,
        runs: answer.flowRuns.nodes,
        deployments: answer.deployments,
      }
      return { snapshot, cursor: activity?.eventCursor ?? '' }
    },
    follow(after, sink) {
      // There is nothing to follow, and no place of the log to follow it from.
      if (after() === '') return () => undefined
      const stop = rereadOnChange(after(), sink)
      const unfollow = follow(FlowPageChangedDocument, { id }, after, {
        next: ({ flowRunStateChanged: { cursor, changes, gap } }) => sink.next({ cursor, changes, hasGap: gap != null }),
        failed: sink.failed,
      })
      return () => {
        stop()
        unfollow()
      }
    },
    reset(snapshot) {
      shown = snapshot
      runs.reset(snapshot.runs)
    },
    apply(changes) {
      if (shown === undefined) return
      runs.apply(changes.map(({ flowRun }) => flowRun))
      let { activity, points } = shown
      for (const change of changes) {
        activity = withChange(activity, change, shown.range)
        points = withRun(points, change.flowRun)
      }
      shown = { ...shown, activity, points, runs: runs.read() }
    },
  }
  return { source, read: () => shown }
}
