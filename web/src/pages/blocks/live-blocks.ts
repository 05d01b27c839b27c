import { follow, request } from '../../client.ts'
import {
  BlockDocument,
  BlockDocumentsDocument,
  type BlockDocumentsQuery,
  BlockEventsDocument,
  type BlockQuery,
} from '../../generated/graphql.ts'
import { linkTo } from '../../links.ts'
import type { FrameSink, LiveSource } from '../../live/live-view.ts'
import { rereading } from '../../live/reread.ts'
import type { BlocksChoice } from './blocks-choice.ts'

const PAGE = 200
const GATHER_MILLISECONDS = 100

type Page = BlockDocumentsQuery['blockDocuments']

export interface ShownBlocks {
  choice: BlocksChoice
  blocks: Page['nodes']
  totalCount: Page['totalCount']
  /** All that blocks of the workspace can do. */
  capabilities: readonly string[]
}

/** Blocks change seldom, and their events do not carry them: each change reads the list again. */
export const liveBlocks = (choiceNow: () => BlocksChoice) => {
  let shown: ShownBlocks | undefined

  const source: LiveSource<ShownBlocks, never> = {
    async load() {
      const choice = choiceNow()
      const filter = {
        isAnonymous: false,
        nameContains: choice.name || null,
        blockTypeSlugs: choice.type === undefined ? null : [choice.type],
        capabilities: choice.capability === undefined ? null : [choice.capability],
      }
      const { blockDocuments, blockCapabilities } = await request(BlockDocumentsDocument, { filter, first: PAGE, after: null })
      const { nodes, totalCount, eventCursor } = blockDocuments
      return { snapshot: { choice, blocks: nodes, totalCount, capabilities: blockCapabilities }, cursor: eventCursor }
    },
    follow: (after, sink) => rereadOnChange(after(), sink),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }
  return { source, read: () => shown }
}

export const rereadOnChange = (start: string, sink: FrameSink<never>): (() => void) =>
  rereading(start, sink, GATHER_MILLISECONDS, (after, hear) =>
    follow(BlockEventsDocument, {}, after, {
      next: ({ eventOccurred: { cursor, events, gap } }) => hear({ cursor, isNews: events.length > 0 || gap != null }),
      failed: sink.failed,
    }),
  )

type Block = NonNullable<BlockQuery['blockDocument']>

/** Where a block is needed: by another one, or as the channel of a notification. */
export interface BlockUse {
  key: string
  kind: 'block' | 'notification'
  href: string
  name: string
  how: string
}

export interface ShownBlock {
  /** Undefined where there is none. */
  block: Block | undefined
  uses: readonly BlockUse[]
}

export const liveBlock = (id: string) => {
  let shown: ShownBlock | undefined

  const source: LiveSource<ShownBlock, never> = {
    async load() {
      const { blockDocument, notificationPolicies } = await request(BlockDocument, { id })
      const uses = [...(blockDocument?.usedBy ?? []).map(useByBlock), ...notificationPolicies.nodes.map(useByPolicy)]
      return { snapshot: { block: blockDocument ?? undefined, uses }, cursor: notificationPolicies.eventCursor }
    },
    follow: (after, sink) => rereadOnChange(after(), sink),
    reset(snapshot) {
      shown = snapshot
    },
    apply: () => undefined,
  }
  return { source, read: () => shown }
}

const useByBlock = ({ field, documentId, name, blockTypeName }: Block['usedBy'][number]): BlockUse => ({
  key: `${documentId} ${field}`,
  kind: 'block',
  href: linkTo.block(documentId),
  name: name ?? documentId,
  how: `${blockTypeName ?? 'a block'}, as its ${field}`,
})

const useByPolicy = ({ id, sentence }: BlockQuery['notificationPolicies']['nodes'][number]): BlockUse => ({
  key: id,
  kind: 'notification',
  href: linkTo.editNotification(id),
  name: sentence.map(({ text }) => text).join(''),
  how: 'notification',
})
