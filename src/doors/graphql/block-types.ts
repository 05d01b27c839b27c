import {
  type BlockSchemaRecord,
  type BlockTypeRecord,
  blockTypesByIds,
  countBlockDocumentsByType,
  countBlockSchemas,
  countBlockTypes,
  findBlockType,
  listBlockCapabilities,
  listBlockSchemas,
  listBlockTypes,
  newestBlockSchemas,
  secretFieldsOf,
} from '../../core/blocks/index.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { noneIfMissing } from './errors.ts'

export const BlockSchema = builder.objectRef<BlockSchemaRecord>('BlockSchema').implement({
  description: 'What blocks of a type hold, in one version of it.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    checksum: t.exposeString('checksum', { description: 'Over its fields, as the SDK computes it: `sha256:…`.' }),
    version: t.exposeString('version', { description: 'The version of what defines it; `non-versioned` where none is told.' }),
    capabilities: t.stringList({ description: 'What such blocks can do, e.g. `notify`.', resolve: schema => schema.capabilities }),
    fields: t.field({
      type: 'JSON',
      description:
        'A JSON schema: `properties` with title, description, type, `writeOnly` where secret and `position` in a form; `required`.',
      resolve: schema => JSON.parse(schema.fields),
    }),
    secretFields: t.stringList({
      description: 'Paths of what is secret: `token`, `child.token`, and `headers.*` for all that is below.',
      resolve: schema => [...secretFieldsOf(JSON.parse(schema.fields))],
    }),
    blockTypeId: t.expose('blockTypeId', { type: 'UUID', description: 'Id of its type.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was registered.' }),
  }),
})

export const BlockType = builder.objectRef<BlockTypeRecord>('BlockType').implement({
  description: 'A kind of block.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    slug: t.exposeString('slug', { description: 'Its name for programs, unique in the workspace.' }),
    logoUrl: t.exposeString('logoUrl', { nullable: true, description: 'Address of its logo.' }),
    documentationUrl: t.exposeString('documentationUrl', { nullable: true, description: 'Address of its documentation.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    codeExample: t.exposeString('codeExample', { nullable: true, description: 'How a flow uses it, in Markdown.' }),
    isProtected: t.exposeBoolean('isProtected', { description: 'Whether it comes with the server and cannot be deleted.' }),
    schema: t.field({
      type: BlockSchema,
      nullable: true,
      description: 'Its newest schema, by which new blocks are made; null where none was registered.',
      extensions: asks(newestBlockSchemas),
      resolve: async ({ id }, _args, { loaders }) => (await loaders.newestBlockSchemas.load(id)) ?? null,
    }),
    capabilities: t.stringList({
      description: 'What blocks of its newest schema can do, e.g. `notify`.',
      extensions: asks(newestBlockSchemas),
      resolve: async ({ id }, _args, { loaders }) => (await loaders.newestBlockSchemas.load(id))?.capabilities ?? [],
    }),
    documentCount: t.int({
      description: 'How many blocks of this type have been saved under a name.',
      extensions: asks(countBlockDocumentsByType),
      resolve: ({ id }, _args, { loaders }) => loaders.blockDocumentCounts.load(id),
    }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

builder.objectField(BlockSchema, 'blockType', t =>
  t.field({
    type: BlockType,
    description: 'Its type.',
    extensions: asks(blockTypesByIds),
    resolve: async ({ blockTypeId }, _args, { loaders }) => (await loaders.blockTypes.load(blockTypeId))!,
  }),
)

const BlockTypeFilter = builder.inputType('BlockTypeFilter', {
  description: 'Which block types are meant. Parts are joined by "and".',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    slugs: t.stringList({ description: 'Any of these.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    capabilities: t.stringList({ description: 'Of which some schema can do all of this, e.g. `["notify"]`.' }),
  }),
})

const BlockSchemaFilter = builder.inputType('BlockSchemaFilter', {
  description: 'Which block schemas are meant. Parts are joined by "and".',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    blockTypeIds: t.field({ type: ['UUID'], description: 'Of any of these types.' }),
    capabilities: t.stringList({ description: 'That can do all of this.' }),
  }),
})

builder.queryFields(t => ({
  blockTypes: t.field({
    type: connectionType('BlockType', BlockType, countBlockTypes),
    description: 'Kinds of blocks, by name: the catalogue. Those that a notification can be sent through have the capability `notify`.',
    args: { ...pageArgs(), filter: t.arg({ type: BlockTypeFilter, description: 'Which.' }) },
    extensions: asks(listBlockTypes),
    async resolve(_root, { filter, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return { cursor, page: await listBlockTypes(ctx, { ...paging(page), filter }), count: () => countBlockTypes(ctx, { filter }) }
    },
  }),
  blockType: t.field({
    type: BlockType,
    nullable: true,
    description: 'One kind of block; null when there is none of that slug.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    extensions: asks(findBlockType),
    resolve: (_root, { slug }, { ctx }) => findBlockType(ctx, { slug }).catch(noneIfMissing),
  }),
  blockSchemas: t.field({
    type: connectionType('BlockSchema', BlockSchema, countBlockSchemas),
    description: 'Schemas of blocks, the newest first.',
    args: { ...pageArgs(), filter: t.arg({ type: BlockSchemaFilter, description: 'Which.' }) },
    extensions: asks(listBlockSchemas),
    async resolve(_root, { filter, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return { cursor, page: await listBlockSchemas(ctx, { ...paging(page), filter }), count: () => countBlockSchemas(ctx, { filter }) }
    },
  }),
  blockCapabilities: t.stringList({
    description: 'All that blocks of the workspace can do, by the words of their schemas.',
    extensions: asks(listBlockCapabilities),
    resolve: (_root, _args, { ctx }) => listBlockCapabilities(ctx, {}),
  }),
}))
