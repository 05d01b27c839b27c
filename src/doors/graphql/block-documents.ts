import {
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

/** Enough to name it and to go there: a block whole would lead back to this one. */
const BlockLink = builder.objectRef<{ readonly field: string; readonly documentId: string }>('BlockLink').implement({
  description: 'Another block, that this one holds or that holds this one.',
  fields: t => ({
    field: t.exposeString('field', { description: 'In which field of the one that holds the other.' }),
    documentId: t.expose('documentId', { type: 'UUID', description: 'The id of the other.' }),
    name: t.string({
      nullable: true,
      description: 'Its name; null when it is gone.',
      extensions: asks(blockDocumentsByIds),
      resolve: async ({ documentId }, _args, { loaders }) => (await loaders.blockDocuments.load(documentId))?.name ?? null,
    }),
    blockTypeName: t.string({
      nullable: true,
      description: 'The name of its type.',
      extensions: asks(blockDocumentsByIds),
      resolve: async ({ documentId }, _args, { loaders }) => (await loaders.blockDocuments.load(documentId))?.blockTypeName ?? null,
    }),
  }),
})

builder.objectFields(BlockDocument, t => ({
  references: t.field({
    type: [BlockLink],
    description: 'The blocks that it holds.',
    resolve: ({ data }) => documentReferencesOf(data).map(({ name, documentId }) => ({ field: name, documentId })),
  }),
  usedBy: t.field({
    type: [BlockLink],
    description: 'The blocks that hold it: while there is one, it cannot be deleted.',
    extensions: asks(blockDocumentUses),
    resolve: async ({ id }, _args, { loaders }) =>
      (await loaders.blockUses.load(id)).map(({ field, parentId }) => ({ field, documentId: parentId })),
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
