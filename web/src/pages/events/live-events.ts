import { follow, request } from '../../client.ts'
import { EventHistoryDocument, type EventRowFragment, EventsDocument, EventsOccurredDocument } from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { createFeed } from './event-feed.ts'
import { emptyHistogram, type Histogram, movedTo, spansUpTo, withEvents } from './event-histogram.ts'
import { countedFilter, type EventsChoice, eventRanges, listedFilter } from './events-choice.ts'

export const MOST_EVENTS = 10_000
const PAGE = 200

export interface ShownEvents {
  /** What was asked of the server: for a moment after a new choice still the old one. */
  choice: EventsChoice
  events: readonly EventRowFragment[]
  histogram: Histogram
  /** Counted over the events loaded, where the server would have to look at too many. */
  isHistogramOfLoaded: boolean
  hasOlder: boolean
  /** The oldest have been let go. */
  isFull: boolean
}

interface Snapshot {
  choice: EventsChoice
  start: number
  events: readonly EventRowFragment[]
  counts: readonly number[] | undefined
  next: string | undefined
}

export const liveEvents = (choose: () => EventsChoice) => {
  const feed = createFeed<EventRowFragment>(MOST_EVENTS)
  let asked: { choice: EventsChoice; start: number } | undefined
  let counted: Histogram | undefined
  let next: string | undefined

  const ask = async (choice: EventsChoice, start: number, after?: string) =>
    (await request(EventsDocument, { first: PAGE, after: after ?? null, filter: listedFilter(choice, start) })).events

  const source: LiveSource<Snapshot, EventRowFragment> = {
    async load() {
      const choice = choose()
      await clock.isKnown
      const { span, count } = eventRanges[choice.range]
      const { start } = spansUpTo(clock.now, span, count)
      // First counted, then read: what happens in between is sent again, known to the list by its id and new to the counts.
      const { eventHistory } = await request(EventHistoryDocument, {
        start: new Date(start).toISOString(),
        spanSize: span / 1000,
        spanCount: count,
        filter: countedFilter(choice),
      })
      const { nodes, pageInfo, eventCursor } = await ask(choice, start)
      return {
        snapshot: { choice, start, events: nodes, counts: eventHistory?.counts, next: nextOf(pageInfo) },
        cursor: eventHistory?.eventCursor ?? eventCursor,
      }
    },
    // Not narrowed to the span that is looked at: the histogram goes on beside it.
    follow: (after, sink) =>
      follow(EventsOccurredDocument, { filter: countedFilter(asked?.choice ?? choose()) }, after, {
        next: ({ eventOccurred: { cursor, events, gap } }) => sink.next({ cursor, changes: events, hasGap: gap != null }),
        failed: sink.failed,
      }),
    reset({ choice, start, events, counts, next: following }) {
      asked = { choice, start }
      feed.reset(events)
      counted = counts && { start, spanMilliseconds: eventRanges[choice.range].span, counts }
      next = following
    },
    apply(events) {
      if (asked === undefined) return
      const { from = asked.start, to = Number.POSITIVE_INFINITY } = asked.choice
      feed.add(events.filter(({ occurred }) => Date.parse(occurred) >= from && Date.parse(occurred) < to))
      counted =
        counted &&
        withEvents(
          movedTo(counted, soon()),
          events.map(({ occurred }) => occurred),
        )
    },
  }

  return {
    source,
    read(): ShownEvents | undefined {
      if (asked === undefined) return undefined
      const { choice, start } = asked
      const { span, count } = eventRanges[choice.range]
      const events = feed.read()
      return {
        choice,
        events,
        histogram:
          counted ??
          withEvents(
            movedTo(emptyHistogram(start, span, count), soon()),
            events.map(({ occurred }) => occurred),
          ),
        isHistogramOfLoaded: counted === undefined,
        hasOlder: next !== undefined && !feed.isFull,
        isFull: feed.isFull,
      }
    },
    /** The next page behind the oldest that is loaded. */
    async loadOlder() {
      const before = asked
      if (before === undefined || next === undefined) return
      const { nodes, pageInfo } = await ask(before.choice, before.start, next)
      if (asked !== before) return
      feed.append(nodes)
      next = nextOf(pageInfo)
    },
  }
}

// The clock here stands still between seconds: what comes at the first moment of a span must find it there.
const soon = () => clock.now + 2_000

const nextOf = ({ hasNextPage, endCursor }: { hasNextPage: boolean; endCursor?: string | null }): string | undefined =>
  hasNextPage ? (endCursor ?? undefined) : undefined
