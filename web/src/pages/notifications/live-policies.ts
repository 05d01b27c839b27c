import { follow, request } from '../../client.ts'
import { NotificationPoliciesDocument, NotificationPolicyEventsDocument } from '../../generated/graphql.ts'
import type { FrameSink, LiveSource } from '../../live/live-view.ts'
import { rereading } from '../../live/reread.ts'
import { channelNamesOf } from './known-channels.ts'
import { type ShownPolicy, shownPolicy } from './shown-policy.ts'

const MOST = 200
const GATHER_MILLISECONDS = 250

export interface ShownPolicies {
  policies: readonly ShownPolicy[]
  hasMore: boolean
}

/** There are few policies: what changes one, or is sent by one, reads all of them again. */
export const livePolicies = () => {
  let shown: ShownPolicies | undefined

  const source: LiveSource<ShownPolicies, never> = {
    async load() {
      const answer = await request(NotificationPoliciesDocument, { first: MOST, after: null })
      const names = channelNamesOf(answer)
      const { nodes, pageInfo, eventCursor } = answer.notificationPolicies
      return { snapshot: { policies: nodes.map(policy => shownPolicy(policy, names)), hasMore: pageInfo.hasNextPage }, cursor: eventCursor }
    },
    follow: (after, sink) => rereadOnChange(after(), sink),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }
  return { source, read: () => shown }
}

const rereadOnChange = (start: string, sink: FrameSink<never>): (() => void) =>
  rereading(start, sink, GATHER_MILLISECONDS, (after, hear) =>
    follow(NotificationPolicyEventsDocument, {}, after, {
      next: ({ eventOccurred: { cursor, events, gap } }) => hear({ cursor, isNews: events.length > 0 || gap != null }),
      failed: sink.failed,
    }),
  )
