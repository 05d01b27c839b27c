import { follow } from '../../client.ts'
import { ArtifactChangesDocument, type ArtifactFilter } from '../../generated/graphql.ts'
import type { FrameSink } from '../../live/live-view.ts'
import { browserScheduler } from '../../live/schedule.ts'

/** Progress may come by the hundred a second; eyes do not. */
const GATHER_MILLISECONDS = 250

/** What has changed is read again: artifacts are told of without what they hold. */
export const rereadOnChange = (filter: ArtifactFilter, start: string, sink: FrameSink<never>): (() => void) => {
  let cursor = start
  let cancel: (() => void) | undefined
  const unfollow = follow(ArtifactChangesDocument, { filter }, () => cursor, {
    next({ artifactChanged: { cursor: next, changes, gap } }) {
      cursor = next
      if (changes.length === 0 && gap == null) return
      cancel ??= browserScheduler.after(GATHER_MILLISECONDS, () => sink.next({ cursor, changes: [], hasGap: true }))
    },
    failed: sink.failed,
  })
  return () => {
    cancel?.()
    unfollow()
  }
}
