import {
  type BlockUse,
  type blockDocumentOrders,
  blockDocumentsByIds,
  blockDocumentUses,
  blockSchemasByIds,
  blockTypesByIds,
  countBlockDocuments,
  documentReferencesOf,
  type ListedBlockDocument,
  listBlockDocuments,
} from '../../core/blocks/index.ts'
import { BlockSchema, BlockType } from './block-types.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'

export const BlockDocument = builder.objectRef<ListedBlockDocument>('BlockDocument').implement({
  description: 'A block that was saved. Its secrets are written, never read: `********` stands in their place.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'Unique among blocks of its type.' }),
    isAnonymous: t.exposeBoolean('isAnonymous', { description: 'Whether a program has made it for itself, without a name of its own.' }),
    data: t.field({
      type: 'JSON',
      description: 'What it holds. A reference to another block is `{"$ref": {"block_document_id": …}}`; a secret is `********`.',
      resolve: document => document.data,
    }),
    blockType: t.field({
      type: BlockType,
      description: 'Its type.',
      extensions: asks(blockTypesByIds),
      resolve: async ({ blockTypeId }, _args, { loaders }) => (await loaders.blockTypes.load(blockTypeId))!,
    }),
    blockTypeId: t.expose('blockTypeId', { type: 'UUID', description: 'Id of its type.' }),
    blockSchema: t.field({
      type: BlockSchema,
      description: 'The schema that it was saved with.',
      extensions: asks(blockSchemasByIds),
      resolve: async ({ blockSchemaId }, _args, { loaders }) => (await loaders.blockSchemas.load(blockSchemaId))!,
    }),
    blockSchemaId: t.expose('blockSchemaId', { type: 'UUID', description: 'Id of that schema.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

const BlockReference = builder.objectRef<{ readonly name: string; readonly documentId: string }>('BlockReference').implement({
  description: 'A block in a field of another.',
  fields: t => ({
    field: t.exposeString('name', { description: 'The field.' }),
    document: t.field({
      type: BlockDocument,
      nullable: true,
      description: 'The block that stands there; null when it is gone.',
      extensions: asks(blockDocumentsByIds),
      resolve: async ({ documentId }, _args, { loaders }) => (await loaders.blockDocuments.load(documentId)) ?? null,
    }),
  }),
})

const Use = builder.objectRef<BlockUse>('BlockUse').implement({
  description: 'A block that holds another.',
  fields: t => ({
    field: t.exposeString('field', { description: 'In which of its fields.' }),
    document: t.field({
      type: BlockDocument,
      nullable: true,
      description: 'The block that holds it; null when it is gone.',
      extensions: asks(blockDocumentsByIds),
      resolve: async ({ parentId }, _args, { loaders }) => (await loaders.blockDocuments.load(parentId)) ?? null,
    }),
  }),
})

builder.objectFields(BlockDocument, t => ({
  references: t.field({
    type: [BlockReference],
    description: 'The blocks that it holds.',
    resolve: ({ data }) => [...documentReferencesOf(data)],
  }),
  usedBy: t.field({
    type: [Use],
    description: 'The blocks that hold it: while there is one, it cannot be deleted.',
    extensions: asks(blockDocumentUses),
    resolve: ({ id }, _args, { loaders }) => loaders.blockUses.load(id),
  }),
}))

const BlockDocumentFilter = builder.inputType('BlockDocumentFilter', {
  description: 'Which blocks are meant. Parts are joined by "and".',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    names: t.stringList({ description: 'Named exactly one of these.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    blockTypeIds: t.field({ type: ['UUID'], description: 'Of any of these types.' }),
    blockTypeSlugs: t.stringList({ description: 'Of the type of any of these slugs.' }),
    capabilities: t.stringList({
      description: 'That can do all of this, e.g. `["notify"]` for those that a notification can be sent through.',
    }),
    isAnonymous: t.boolean({ description: 'Only those that programs have made for themselves, or only the others. Default: both.' }),
  }),
})

const BlockDocumentOrder = builder.enumType('BlockDocumentOrder', {
  description: 'How blocks are ordered.',
  values: {
    NAME_ASC: { description: 'By name.' },
    NAME_DESC: { description: 'By name, the last first.' },
    BLOCK_TYPE_AND_NAME_ASC: { description: 'By the name of their type, then their own.' },
  } satisfies Record<(typeof blockDocumentOrders)[number], { description: string }>,
})

builder.queryFields(t => ({
  blockDocuments: t.field({
    type: connectionType('BlockDocument', BlockDocument, countBlockDocuments),
    description: 'Blocks that were saved.',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: BlockDocumentFilter, description: 'Which.' }),
      orderBy: t.arg({ type: BlockDocumentOrder, defaultValue: 'NAME_ASC', description: 'In which order.' }),
    },
    extensions: asks(listBlockDocuments),
    async resolve(_root, { filter, orderBy, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      const list = await listBlockDocuments(ctx, { ...paging(page), filter, orderBy: orderBy ?? undefined })
      return { cursor, page: list, count: () => countBlockDocuments(ctx, { filter }) }
    },
  }),
  blockDocument: t.field({
    type: BlockDocument,
    nullable: true,
    description: 'One block; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(blockDocumentsByIds),
    resolve: async (_root, { id }, { loaders }) => (await loaders.blockDocuments.load(id)) ?? null,
  }),
}))
