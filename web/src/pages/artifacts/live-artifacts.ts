import { request } from '../../client.ts'
import { type ArtifactRowFragment, ArtifactsDocument, type ArtifactsQuery } from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { type ArtifactsChoice, filterOf } from './artifacts-choice.ts'
import { rereadOnChange } from './reread.ts'

const PAGE = 100

export interface ShownArtifacts {
  choice: ArtifactsChoice
  rows: readonly ArtifactRowFragment[]
  totalCount: ArtifactsQuery['artifacts']['totalCount']
  /** The cursor that the next page begins behind. */
  next: string | undefined
}

export const liveArtifacts = (choiceNow: () => ArtifactsChoice) => {
  let shown: ShownArtifacts | undefined

  const source: LiveSource<ShownArtifacts, never> = {
    async load() {
      const choice = choiceNow()
      const { artifacts } = await request(ArtifactsDocument, { filter: filterOf(choice), first: PAGE, after: choice.after ?? null })
      const { nodes, totalCount, pageInfo, eventCursor } = artifacts
      const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined
      return { snapshot: { choice, rows: nodes, totalCount, next }, cursor: eventCursor }
    },
    // Another version takes the place of one that was the latest: all changes concern the list.
    follow: (after, sink) => rereadOnChange({}, after(), sink),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }
  return { source, read: () => shown }
}
