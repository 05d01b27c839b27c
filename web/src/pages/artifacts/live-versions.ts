import { request } from '../../client.ts'
import {
  ArtifactVersionsDocument,
  type ArtifactVersionsQuery,
  type ArtifactWholeFragment,
  WholeArtifactDocument,
} from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { rereadOnChange } from './reread.ts'

const MOST_VERSIONS = 200

export interface VersionsChoice {
  /** The version that is shown; the latest when none is named. */
  version: string | undefined
  /** The one it is compared with. */
  against: string | undefined
}

export interface ShownVersions {
  choice: VersionsChoice
  versions: ArtifactVersionsQuery['artifacts']['nodes']
  totalCount: ArtifactVersionsQuery['artifacts']['totalCount']
  artifact: ArtifactWholeFragment | undefined
  against: ArtifactWholeFragment | undefined
}

const readWhole = async (id: string | undefined) =>
  id === undefined ? undefined : (await request(WholeArtifactDocument, { id })).artifacts.nodes[0]

export const liveVersions = (key: string, choiceNow: () => VersionsChoice) => {
  let shown: ShownVersions | undefined

  const source: LiveSource<ShownVersions, never> = {
    async load() {
      const choice = choiceNow()
      const { artifacts } = await request(ArtifactVersionsDocument, { key, first: MOST_VERSIONS })
      const { nodes: versions, totalCount, eventCursor } = artifacts
      const [artifact, against] = await Promise.all([readWhole(choice.version ?? versions[0]?.id), readWhole(choice.against)])
      return { snapshot: { choice, versions, totalCount, artifact, against }, cursor: eventCursor }
    },
    follow: (after, sink) => rereadOnChange({ keys: [key] }, after(), sink),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }
  return { source, read: () => shown }
}

export const liveArtifact = (id: string) => {
  let shown: { artifact: ArtifactWholeFragment | undefined } | undefined

  const source: LiveSource<NonNullable<typeof shown>, never> = {
    async load() {
      const { artifacts } = await request(WholeArtifactDocument, { id })
      return { snapshot: { artifact: artifacts.nodes[0] }, cursor: artifacts.eventCursor }
    },
    follow: (after, sink) => rereadOnChange({ ids: [id] }, after(), sink),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }
  return { source, read: () => shown }
}
