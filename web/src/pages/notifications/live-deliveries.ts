import { follow, request } from '../../client.ts'
import {
  type DeliveryRowFragment,
  NotificationDeliveriesDocument,
  type NotificationDeliveriesQuery,
  NotificationDeliveryChangesDocument,
  type NotificationDeliveryFilter,
} from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { createNewestList } from '../../live/newest-list.ts'
import { type ChannelNames, channelNamesOf } from './known-channels.ts'
import { type ShownDelivery, shownDelivery } from './shown-delivery.ts'

const PAGE = 100
const MOST = 1000

interface Snapshot {
  asked: string
  nodes: readonly DeliveryRowFragment[]
  totalCount: NotificationDeliveriesQuery['notificationDeliveries']['totalCount']
  hasMore: boolean
}

type Row = ShownDelivery & { version: number }

export interface ShownDeliveries {
  /** What was asked of the server: for a moment after a new choice still the old one. */
  asked: string
  rows: readonly Row[]
  totalCount: Snapshot['totalCount']
  hasMore: boolean
}

/** `read` answers which; what has changed so that it belongs no more stays until the list is read again, lest a row vanish under the pointer. */
export const liveDeliveries = (read: () => NotificationDeliveryFilter) => {
  let arrived = 0
  let names: ChannelNames = new Map()
  let pages = 1
  let snapshot: Snapshot | undefined
  const list = createNewestList<Row>({ limit: MOST, belongs: () => true, compare: (left, right) => (left.id < right.id ? 1 : -1) })
  const rowOf = (delivery: DeliveryRowFragment): Row => {
    arrived += 1
    return { ...shownDelivery(delivery, names), version: arrived }
  }

  const source: LiveSource<Snapshot, DeliveryRowFragment> = {
    async load() {
      const filter = read()
      const ask = (after: string | null) => request(NotificationDeliveriesDocument, { filter, first: PAGE, after })
      const answer = await ask(null)
      names = channelNamesOf(answer)
      const { notificationDeliveries: first } = answer
      let last = first
      const nodes = [...first.nodes]
      for (let page = 1; page < pages && last.pageInfo.hasNextPage; page += 1) {
        last = (await ask(last.pageInfo.endCursor ?? null)).notificationDeliveries
        nodes.push(...last.nodes)
      }
      const asked = JSON.stringify(filter)
      return { snapshot: { asked, nodes, totalCount: first.totalCount, hasMore: last.pageInfo.hasNextPage }, cursor: first.eventCursor }
    },
    follow: (after, sink) =>
      follow(NotificationDeliveryChangesDocument, { filter: read() }, after, {
        next: ({ notificationDeliveryChanged: { cursor, changes, gap } }) =>
          sink.next({ cursor, changes: changes.map(({ notificationDelivery }) => notificationDelivery), hasGap: gap != null }),
        failed: sink.failed,
      }),
    reset(next) {
      snapshot = next
      list.reset(next.nodes.map(rowOf))
    },
    apply(deliveries) {
      list.apply(deliveries.map(rowOf))
    },
  }

  return {
    source,
    read: (): ShownDeliveries | undefined =>
      snapshot && { asked: snapshot.asked, rows: list.read(), totalCount: snapshot.totalCount, hasMore: snapshot.hasMore },
    wantMore() {
      pages += 1
    },
  }
}
