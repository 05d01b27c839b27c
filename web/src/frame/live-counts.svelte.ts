import { follow, request } from '../client.ts'
import { LiveCountsChangedDocument, LiveCountsDocument, type LiveCountsQuery } from '../generated/graphql.ts'
import { clock } from '../live/clock.svelte.ts'
import type { LiveSource } from '../live/live-view.ts'
import { useLive } from '../live/use-live.svelte.ts'

type Counts = Omit<LiveCountsQuery['liveCounts'], 'eventCursor'>

const isSame = (one: Counts | undefined, other: Counts): boolean =>
  one?.runningFlowRunCount === other.runningFlowRunCount && one.failingPolicyCount === other.failingPolicyCount

let ofPage = $state<number>()

/** Called by a page that counts what runs itself, when it is made: the same number stands beside it, in the same frame. */
export const useRunningCount = (read: () => number | undefined): void => {
  $effect.pre(() => {
    ofPage = read()
    return () => {
      ofPage = undefined
    }
  })
}

/** Called by a component when it is made. What is not known, or no longer followed, is undefined. */
export const useLiveCounts = () => {
  let heard: Counts | undefined
  let counts: Counts | undefined

  const source: LiveSource<Counts, Counts> = {
    async load() {
      const { eventCursor, ...loaded } = (await request(LiveCountsDocument, {})).liveCounts
      return { snapshot: loaded, cursor: eventCursor }
    },
    follow: (after, sink) =>
      follow(
        LiveCountsChangedDocument,
        {},
        after,
        {
          // A gap is no loss here: the frame that tells of it is whole.
          next({ liveCountsChanged: { cursor, liveCounts } }) {
            const changes = isSame(heard, liveCounts) ? [] : [liveCounts]
            heard = liveCounts
            sink.next({ cursor, changes, hasGap: false })
          },
          failed: sink.failed,
        },
        'socket only',
      ),
    reset(snapshot) {
      counts = heard = snapshot
    },
    apply(changes) {
      counts = changes.at(-1)
    },
  }
  const live = useLive(source, () => counts)
  const followed = $derived(clock.status.kind === 'streaming' ? undefined : live.shown)

  return {
    get running() {
      return ofPage ?? followed?.runningFlowRunCount
    },
    get failing() {
      return followed?.failingPolicyCount
    },
  }
}
