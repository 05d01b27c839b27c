import { follow, request } from '../../client.ts'
import {
  NotificationDeliveryEventsDocument,
  type NotificationDeliveryFilter,
  NotificationDeliverySummaryDocument,
  type NotificationDeliverySummaryQuery,
} from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { rereading } from '../../live/reread.ts'

/** A storm brings hundreds of deliveries a second; counts need not follow each. */
const GATHER_MILLISECONDS = 500

export type DeliverySummary = NotificationDeliverySummaryQuery['notificationDeliverySummary']

/** How many deliveries have come how far; `read` answers which. */
export const liveDeliverySummary = (read: () => NotificationDeliveryFilter) => {
  let shown: DeliverySummary | undefined

  const source: LiveSource<DeliverySummary, never> = {
    async load() {
      await clock.isKnown
      const { notificationDeliverySummary: summary } = await request(NotificationDeliverySummaryDocument, { filter: read() })
      return { snapshot: summary, cursor: summary.eventCursor }
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
