import { follow, request } from '../../client.ts'
import {
  FlowRunDetailChangedDocument,
  type FlowRunDetailChangedSubscription,
  FlowRunDetailDocument,
  type FlowRunFactsFragment,
} from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'

type Change = FlowRunDetailChangedSubscription['flowRunStateChanged']['changes'][number]

export const liveRun = (id: string) => {
  let run: FlowRunFactsFragment | undefined

  const source: LiveSource<FlowRunFactsFragment | undefined, Change> = {
    async load() {
      const { flowRuns } = await request(FlowRunDetailDocument, { id })
      return { snapshot: flowRuns.nodes[0], cursor: flowRuns.eventCursor }
    },
    follow: (after, sink) =>
      follow(FlowRunDetailChangedDocument, { id }, after, {
        next: ({ flowRunStateChanged: { cursor, changes, gap } }) => sink.next({ cursor, changes, hasGap: gap != null }),
        failed: sink.failed,
      }),
    reset(snapshot) {
      run = snapshot
    },
    apply(changes) {
      for (const change of changes) run = run && withChange(run, change)
    },
  }
  return {
    source,
    read: () => run,
    /** What this page itself has changed. */
    change(changed: FlowRunFactsFragment) {
      run = changed
    },
  }
}

const withChange = (run: FlowRunFactsFragment, { flowRun, state: newState }: Change): FlowRunFactsFragment => {
  const states = run.states.some(({ id }) => id === newState.id) ? run.states : [...run.states, newState]
  return flowRun.version > run.version ? { ...run, ...flowRun, states } : { ...run, states }
}
