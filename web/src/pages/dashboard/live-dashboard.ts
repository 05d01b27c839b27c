import { rangeVariables, type TimeRange } from '../../charts/time-range.ts'
import { follow, request } from '../../client.ts'
import {
  DashboardChangedDocument,
  DashboardDocument,
  type DashboardEventFragment,
  DashboardEventsDocument,
  type DashboardFrameFragment,
  type DashboardQueryVariables,
} from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'
import type { RangeName } from './dashboard-range.ts'
import { createFeed, FIRST_EVENTS, feedFilter } from './feed.ts'
import { withFrame } from './frames.ts'

/** Of what: what is shown answers one question, also for the moment in which the next is asked. */
export interface Question {
  /** Undefined where the range does not move on with the clock. */
  name: RangeName | undefined
  range: TimeRange
  filter: NonNullable<DashboardQueryVariables['filter']>
  /** How long each list is. */
  rows: number
}

export interface ShownDashboard {
  question: Question
  frame: DashboardFrameFragment
  events: readonly DashboardEventFragment[]
}

interface Snapshot extends ShownDashboard {
  eventsAfter: string
}

type Change = { frame: DashboardFrameFragment } | { events: readonly DashboardEventFragment[] }

/** `ask` is called at every load. Numbers and lists all come from one frame; the feed is a stream of its own beside it. */
export const liveDashboard = (ask: () => Question) => {
  const feed = createFeed()
  let shown: Omit<ShownDashboard, 'events'> | undefined
  let eventsAfter = ''

  const source: LiveSource<Snapshot, Change> = {
    async load() {
      await clock.isKnown
      const question = ask()
      const { dashboard, events: page } = await request(DashboardDocument, {
        ...variablesOf(question),
        events: feedFilter,
        firstEvents: FIRST_EVENTS,
      })
      const { eventCursor, ...frame } = dashboard
      return { snapshot: { question, frame, events: page.nodes, eventsAfter: page.eventCursor }, cursor: eventCursor }
    },
    follow(after, sink) {
      if (shown === undefined) return () => undefined
      const unfollowFrames = follow(DashboardChangedDocument, variablesOf(shown.question), after, {
        // A gap is no loss here: the frame that tells of it is whole.
        next: ({ dashboardChanged: { cursor, dashboard: frame } }) => sink.next({ cursor, changes: [{ frame }], hasGap: false }),
        failed: sink.failed,
      })
      const unfollowEvents = follow(DashboardEventsDocument, { events: feedFilter }, () => eventsAfter, {
        next({ eventOccurred: { cursor, events, gap } }) {
          eventsAfter = cursor
          sink.next({ cursor: after(), changes: [{ events }], hasGap: gap !== null })
        },
        failed: sink.failed,
      })
      return () => {
        unfollowFrames()
        unfollowEvents()
      }
    },
    reset({ question, frame, events, eventsAfter: cursor }) {
      shown = { question, frame }
      eventsAfter = cursor
      feed.reset(events)
    },
    apply(changes) {
      for (const change of changes) {
        if ('events' in change) feed.add(change.events)
        else if (shown) shown = { ...shown, frame: withFrame(shown.frame, change.frame) }
      }
    },
  }
  return { source, read: (): ShownDashboard | undefined => shown && { ...shown, events: feed.read() } }
}

const variablesOf = ({ range, filter, rows }: Question) => ({ ...rangeVariables(range), filter, most: rows })
