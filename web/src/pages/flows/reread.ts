import { follow } from '../../client.ts'
import { FlowsChangedDocument } from '../../generated/graphql.ts'
import type { FrameSink } from '../../live/live-view.ts'
import { rereading } from '../../live/reread.ts'

const GATHER_MILLISECONDS = 200

/** Flows that come, change or go, and runs that are deleted, are told without what would be needed to patch a list. */
export const rereadOnChange = (start: string, sink: FrameSink<never>): (() => void) =>
  rereading(start, sink, GATHER_MILLISECONDS, (after, hear) =>
    follow(FlowsChangedDocument, {}, after, {
      next: ({ eventOccurred: { cursor, events, gap } }) => hear({ cursor, isNews: events.length > 0 || gap != null }),
      failed: sink.failed,
    }),
  )
