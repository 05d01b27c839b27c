import { follow, request } from '../../client.ts'
import { DashboardCountsChangedDocument, DashboardCountsDocument, type StateType } from '../../generated/graphql.ts'
import { createCounts, type StateCount, type Transition } from '../../live/counts.ts'
import type { LiveSource } from '../../live/live-view.ts'

/** Counts and list each go on from their own cursor: the two halves of a query need not be of the same instant. */
export const liveCounts = () => {
  const counts = createCounts<StateType>()
  const source: LiveSource<readonly StateCount<StateType>[], Transition<StateType>> = {
    async load() {
      const { flowRunStateCounts } = await request(DashboardCountsDocument, {})
      return { snapshot: flowRunStateCounts.counts, cursor: flowRunStateCounts.eventCursor }
    },
    follow: (after, sink) =>
      follow(DashboardCountsChangedDocument, {}, after, {
        next: ({ flowRunStateChanged: { cursor, changes, gap } }) => sink.next({ cursor, changes, hasGap: gap != null }),
        failed: sink.failed,
      }),
    reset: counts.reset,
    apply: counts.apply,
  }
  return { source, read: counts.read }
}
