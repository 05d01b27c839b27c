import { connection, follow, request } from '../client.ts'
import {
  LiveCountsChangedDocument,
  type LiveCountsChangedSubscription,
  LiveCountsDocument,
  type LiveCountsQuery,
} from '../generated/graphql.ts'
import { POLL_MILLISECONDS } from '../live/connection.ts'
import type { LiveSource } from '../live/live-view.ts'
import { browserScheduler } from '../live/schedule.ts'
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

/** Called by a component when it is made. Followed over the socket; where none gets through, read every few seconds: see `follow`. */
export const useLiveCounts = () => {
  let heard: Counts | undefined
  let counts: Counts | undefined

  const source: LiveSource<Counts, Counts> = {
    async load() {
      const { eventCursor, ...loaded } = (await request(LiveCountsDocument, {})).liveCounts
      return { snapshot: loaded, cursor: eventCursor }
    },
    follow(after, sink) {
      const reader = {
        // A gap is no loss here: the frame that tells of it is whole.
        next({ liveCountsChanged: { cursor, liveCounts } }: LiveCountsChangedSubscription) {
          const changes = isSame(heard, liveCounts) ? [] : [liveCounts]
          heard = liveCounts
          sink.next({ cursor, changes, hasGap: false })
        },
        failed: sink.failed,
      }
      const unfollow = follow(LiveCountsChangedDocument, {}, after, reader, 'socket only')
      const readAnew = () => sink.next({ cursor: after(), changes: [], hasGap: true })
      const unstream = connection.streamWith(() => browserScheduler.after(POLL_MILLISECONDS, readAnew))
      return () => {
        unstream()
        unfollow()
      }
    },
    reset(snapshot) {
      counts = heard = snapshot
    },
    apply(changes) {
      counts = changes.at(-1)
    },
  }
  const live = useLive(source, () => counts)

  return {
    get running() {
      return ofPage ?? live.shown?.runningFlowRunCount
    },
    get failing() {
      return live.shown?.failingPolicyCount
    },
  }
}
