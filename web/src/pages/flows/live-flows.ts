import { rangeUpTo, rangeVariables, type TimeRange } from '../../charts/time-range.ts'
import { follow, request } from '../../client.ts'
import { type FlowRunChangeFragment, FlowsDocument, type FlowsQuery, FlowsRunsChangedDocument } from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { type FlowRow, rowOf, rowWithChange } from './flow-activity.ts'
import { type FlowsChoice, ranges } from './flows-choice.ts'
import { rereadOnChange } from './reread.ts'

/** Of one strip. */
const BUCKETS = 24
const PAGE = 100

type Count = FlowsQuery['flows']['totalCount']

export interface ShownFlows {
  /** For a moment after a new choice still the old one. */
  choice: FlowsChoice
  rows: readonly FlowRow[]
  range: TimeRange
  matching: Count
  known: Count
  /** Where the next page begins, if there is one. */
  next: string | undefined
}

/** `choose` is read at every load. One page of the list lives at a time, so that its counts go on from one place of the log. */
export const liveFlows = (choose: () => FlowsChoice) => {
  let shown: ShownFlows | undefined

  const source: LiveSource<ShownFlows, FlowRunChangeFragment> = {
    async load() {
      const choice = choose()
      await clock.isKnown
      const range = rangeUpTo(clock.now, (ranges[choice.range].hours / BUCKETS) * 3_600_000, BUCKETS)
      const { flows, known } = await request(FlowsDocument, {
        first: PAGE,
        after: choice.after ?? null,
        filter: { nameContains: choice.name || null, tags: choice.tags as string[] },
        orderBy: choice.order === 'newest' ? 'CREATED_DESC' : 'NAME_ASC',
        ...rangeVariables(range),
      })
      const { hasNextPage, endCursor } = flows.pageInfo
      return {
        snapshot: {
          choice,
          rows: flows.nodes.map(flow => rowOf(flow, range)),
          range,
          matching: flows.totalCount,
          known: known.totalCount,
          next: hasNextPage ? (endCursor ?? undefined) : undefined,
        },
        // All flows of the page were counted at one place; with none there is nothing to count on.
        cursor: flows.nodes[0]?.activity.eventCursor ?? flows.eventCursor,
      }
    },
    follow(after, sink) {
      const stop = rereadOnChange(after(), sink)
      const unfollow = follow(FlowsRunsChangedDocument, {}, after, {
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
    },
    apply(changes) {
      if (shown === undefined) return
      const { range } = shown
      const changed = new Map<string, FlowRow>()
      const rows = new Map(shown.rows.map(row => [row.id, row]))
      for (const change of changes) {
        const { flowId } = change.flowRun
        const row = changed.get(flowId) ?? rows.get(flowId)
        if (row) changed.set(flowId, rowWithChange(row, change, range, clock.now + 1_000))
      }
      if (changed.size > 0) shown = { ...shown, rows: shown.rows.map(row => changed.get(row.id) ?? row) }
    },
  }
  return { source, read: () => shown }
}
