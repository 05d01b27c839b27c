import { follow } from '../../client.ts'
import { FlowsChangedDocument } from '../../generated/graphql.ts'
import type { FrameSink } from '../../live/live-view.ts'
import { browserScheduler } from '../../live/schedule.ts'

const GATHER_MILLISECONDS = 200

/** Flows that come, change or go, and runs that are deleted, are told without what would be needed to patch a list: it is read again. */
export const rereadOnChange = (start: string, sink: FrameSink<never>): (() => void) => {
  let cursor = start
  let cancel: (() => void) | undefined
  const unfollow = follow(FlowsChangedDocument, {}, () => cursor, {
    next({ eventOccurred: { cursor: next, events, gap } }) {
      cursor = next
      if (events.length === 0 && gap == null) return
      cancel ??= browserScheduler.after(GATHER_MILLISECONDS, () => sink.next({ cursor, changes: [], hasGap: true }))
    },
    failed: sink.failed,
  })
  return () => {
    cancel?.()
    unfollow()
  }
}
