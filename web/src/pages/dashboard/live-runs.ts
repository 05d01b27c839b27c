import { follow, request } from '../../client.ts'
import { DashboardRunsChangedDocument, DashboardRunsDocument, type FlowRunRowFragment, type StateType } from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { createNewestList } from '../../live/newest-list.ts'

const NEWEST_RUNS = 100

export const expectedStart = (run: FlowRunRowFragment): string => run.expectedStartTime ?? run.startTime ?? run.stateTimestamp ?? ''

const newestFirst = (left: FlowRunRowFragment, right: FlowRunRowFragment) =>
  compareText(expectedStart(right), expectedStart(left)) || compareText(right.id, left.id)

// Times and ids are of fixed width: plain comparison is their order, and localeCompare costs a hundred times as much.
const compareText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)

// Hundreds of runs scheduled for next week must not push what happens now off the page; the tile still lists them.
const SOON_MILLISECONDS = 60_000
const soon = () => new Date(clock.now + SOON_MILLISECONDS).toISOString()
const isAhead = (run: FlowRunRowFragment) => run.stateType === 'SCHEDULED' && expectedStart(run) > soon()

export const liveRuns = (stateType: StateType | undefined) => {
  const list = createNewestList<FlowRunRowFragment>({
    limit: NEWEST_RUNS,
    belongs: run => (stateType === undefined ? !isAhead(run) : run.stateType === stateType),
    compare: newestFirst,
  })
  const source: LiveSource<readonly FlowRunRowFragment[], FlowRunRowFragment> = {
    async load() {
      const filter = stateType === undefined ? { expectedStartTimeBefore: soon() } : { stateTypes: [stateType] }
      const { flowRuns } = await request(DashboardRunsDocument, { first: NEWEST_RUNS, filter })
      return { snapshot: flowRuns.nodes, cursor: flowRuns.eventCursor }
    },
    // Not filtered by state: a run that leaves the chosen state must be seen leaving.
    follow: (after, sink) =>
      follow(DashboardRunsChangedDocument, {}, after, {
        next({ flowRunStateChanged: { cursor, changes, gap } }) {
          sink.next({ cursor, changes: changes.map(({ flowRun }) => flowRun), hasGap: gap != null })
        },
        failed: sink.failed,
      }),
    reset: list.reset,
    apply: list.apply,
  }
  return { source, read: list.read }
}
