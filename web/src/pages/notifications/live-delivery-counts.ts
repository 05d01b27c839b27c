import { follow, request } from '../../client.ts'
import {
  NotificationDeliveryCountsDocument,
  type NotificationDeliveryCountsQuery,
  NotificationDeliveryEventsDocument,
} from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { rereading } from '../../live/reread.ts'

const SPAN_MILLISECONDS = 7 * 86_400_000
/** A storm brings hundreds of deliveries a second; counts need not follow each. */
const GATHER_MILLISECONDS = 500

export type DeliveryCount = NotificationDeliveryCountsQuery['sent']['totalCount']

export type DeliveryCounts = Record<'sent' | 'failed' | 'underWay' | 'held', DeliveryCount>

/** How many deliveries have come how far in seven days. */
export const liveDeliveryCounts = () => {
  let shown: DeliveryCounts | undefined

  const source: LiveSource<DeliveryCounts, never> = {
    async load() {
      await clock.isKnown
      const since = new Date(clock.now - SPAN_MILLISECONDS).toISOString()
      const { sent, failed, underWay, held } = await request(NotificationDeliveryCountsDocument, { since })
      const counts = { sent: sent.totalCount, failed: failed.totalCount, underWay: underWay.totalCount, held: held.totalCount }
      return { snapshot: counts, cursor: sent.eventCursor }
    },
    follow: (start, sink) =>
      rereading(start(), sink, GATHER_MILLISECONDS, (after, hear) =>
        follow(NotificationDeliveryEventsDocument, {}, after, {
          next: ({ eventOccurred: { cursor, events, gap } }) => hear({ cursor, isNews: events.length > 0 || gap != null }),
          failed: sink.failed,
        }),
      ),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }
  return { source, read: () => shown }
}
