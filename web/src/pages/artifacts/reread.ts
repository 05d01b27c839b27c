import { follow } from '../../client.ts'
import { ArtifactChangesDocument, type ArtifactFilter } from '../../generated/graphql.ts'
import type { FrameSink } from '../../live/live-view.ts'
import { rereading } from '../../live/reread.ts'

/** Progress may come by the hundred a second; eyes do not. */
const GATHER_MILLISECONDS = 250

/** Artifacts are told of without what they hold. */
export const rereadOnChange = (filter: ArtifactFilter, start: string, sink: FrameSink<never>): (() => void) =>
  rereading(start, sink, GATHER_MILLISECONDS, (after, hear) =>
    follow(ArtifactChangesDocument, { filter }, after, {
      next: ({ artifactChanged: { cursor, changes, gap } }) => hear({ cursor, isNews: changes.length > 0 || gap != null }),
      failed: sink.failed,
    }),
  )
