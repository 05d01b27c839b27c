import { follow, request } from '../../client.ts'
import { DashboardRunsChangedDocument, DashboardRunsDocument, type FlowRunRowFragment, type StateType } from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { createNewestList } from '../../live/newest-list.ts'
import { expectedStart, newestFirst } from '../flow-runs/list-order.ts'

export const NEWEST_RUNS = 100

// Hundreds of runs scheduled for next week must not push what happens now off the page; the tile still lists them.
const SOON_MILLISECONDS = 60_000
const soon = () => new Date(clock.now + SOON_MILLISECONDS).toISOString()
const isAhead = (run: FlowRunRowFragment) => run.stateType === 'SCHEDULED' && expectedStart(run) > soon()

export interface NewestRuns {
  runs: readonly FlowRunRowFragment[]
  /** The state these runs were chosen by: for a moment after a new choice still the old one. */
  chosen: StateType | undefined
}

/** `choice` is read at every load; a new choice asks for a reload and shows the old list until the answer is there. */
export const liveRuns = (choice: () => StateType | undefined) => {
  let chosen = choice()
  const list = createNewestList<FlowRunRowFragment>({
    limit: NEWEST_RUNS,
    belongs: run => (chosen === undefined ? !isAhead(run) : run.stateType === chosen),
    compare: newestFirst,
  })

  const source: LiveSource<NewestRuns, FlowRunRowFragment> = {
    async load() {
      const wanted = choice()
      await clock.isKnown
      const filter = wanted === undefined ? { expectedStartTimeBefore: soon() } : { stateTypes: [wanted] }
      const { flowRuns } = await request(DashboardRunsDocument, { first: NEWEST_RUNS, filter })
      return { snapshot: { runs: flowRuns.nodes, chosen: wanted }, cursor: flowRuns.eventCursor }
    },
    // Not filtered by state: a run that leaves the chosen state must be seen leaving.
    follow: (after, sink) =>
      follow(DashboardRunsChangedDocument, {}, after, {
        next({ flowRunStateChanged: { cursor, changes, gap } }) {
          sink.next({ cursor, changes: changes.map(({ flowRun }) => flowRun), hasGap: gap != null })
        },
        failed: sink.failed,
      }),
    reset(snapshot) {
      chosen = snapshot.chosen
      list.reset(snapshot.runs)
    },
    apply: list.apply,
  }
  return { source, read: (): NewestRuns => ({ runs: list.read(), chosen }) }
}
