import { z } from 'zod'
import { oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { alsoInput, by, countInput, countUpTo, mostCounted, pageInput, readByIds, readPage, sliceInput } from '../../kernel/paging.ts'
import { blockSchemaConditions, blockSchemaFilter, blockTypeConditions, blockTypeFilter } from './block.filter.ts'
import { BlockSchema, type BlockSchemaRecord } from './block-schema.entity.ts'
import { BlockType, type BlockTypeRecord } from './block-type.entity.ts'

const byIds = z.object({ ids: z.array(uuid).max(10_000) })
const typeFilter = z.object({ filter: blockTypeFilter.nullish() })
const schemaFilter = z.object({ filter: blockSchemaFilter.nullish() })

/** By name. */
export const listBlockTypes = query('block-type.list', {
  input: typeFilter.extend(pageInput),
  needs: 'block-type:read',
  run: (ctx, { filter, ...page }) =>
    readPage<BlockTypeRecord>(ctx.read, { entity: BlockType, where: blockTypeConditions(filter), orderBy: by('name', 'asc'), ...page }),
})

export const countBlockTypes = query('block-type.count', {
  input: typeFilter.extend(countInput),
  needs: 'block-type:read',
  run: (ctx, { filter, countAll }) => countUpTo(ctx.read, { entity: BlockType, where: blockTypeConditions(filter) }, mostCounted(countAll)),
})

/** By name, counted from the start. */
export const sliceBlockTypes = query('block-type.slice', {
  input: typeFilter.extend({ ...sliceInput, ...alsoInput }),
  needs: 'block-type:read',
  run: async (ctx, { limit, offset, filter, also = [] }) =>
    (await ctx.read.select({
      entity: BlockType,
      where: [...blockTypeConditions(filter), ...also],
      orderBy: by('name', 'asc'),
      limit,
      offset,
    })) as unknown as BlockTypeRecord[],
})

/** In the order asked; undefined where there is none. */
export const blockTypesByIds = query('block-type.by-ids', {
  input: byIds,
  needs: 'block-type:read',
  run: (ctx, { ids }) => readByIds<BlockTypeRecord>(ctx.read, BlockType, ids),
})

/** The newest first, counted from the start. */
export const sliceBlockSchemas = query('block-schema.slice', {
  input: schemaFilter.extend({ ...sliceInput, ...alsoInput }),
  needs: 'block-schema:read',
  run: async (ctx, { limit, offset, filter, also = [] }) =>
    (await ctx.read.select({
      entity: BlockSchema,
      where: [...blockSchemaConditions(filter), ...also],
      orderBy: by('created', 'desc'),
      limit,
      offset,
    })) as unknown as BlockSchemaRecord[],
})

/** The newest first. */
export const listBlockSchemas = query('block-schema.list', {
  input: schemaFilter.extend(pageInput),
  needs: 'block-schema:read',
  run: (ctx, { filter, ...page }) =>
    readPage<BlockSchemaRecord>(ctx.read, {
      entity: BlockSchema,
      where: blockSchemaConditions(filter),
      orderBy: by('created', 'desc'),
      ...page,
    }),
})

export const countBlockSchemas = query('block-schema.count', {
  input: schemaFilter.extend(countInput),
  needs: 'block-schema:read',
  run: (ctx, { filter, countAll }) =>
    countUpTo(ctx.read, { entity: BlockSchema, where: blockSchemaConditions(filter) }, mostCounted(countAll)),
})

/** In the order asked; undefined where there is none. */
export const blockSchemasByIds = query('block-schema.by-ids', {
  input: byIds,
  needs: 'block-schema:read',
  run: (ctx, { ids }) => readByIds<BlockSchemaRecord>(ctx.read, BlockSchema, ids),
})

/** Of some types, the newest schema of each: what new documents are made by. */
export const newestBlockSchemas = query('block-schema.newest-by-type', {
  input: z.object({ blockTypeIds: z.array(uuid).max(1000) }),
  needs: 'block-schema:read',
  run: async (ctx, { blockTypeIds }) =>
    (await ctx.read.select({
      entity: BlockSchema,
      where: oneOf('blockTypeId', blockTypeIds),
      orderBy: by('created', 'desc'),
      firstOfEach: { property: 'blockTypeId', of: BlockType, ids: blockTypeIds },
      limit: blockTypeIds.length,
    })) as unknown as BlockSchemaRecord[],
})

const MOST_SCHEMAS = 10_000

/** What blocks of the workspace can do, by the words of their schemas. */
export const listBlockCapabilities = query('block-schema.capabilities', {
  input: z.object({}),
  needs: 'block-schema:read',
  async run(ctx): Promise<string[]> {
    const query = { entity: BlockSchema, where: [], orderBy: by('created', 'desc'), properties: ['capabilities'], limit: MOST_SCHEMAS }
    const rows = (await ctx.read.select(query)) as unknown as BlockSchemaRecord[]
    return [...new Set(rows.flatMap(({ capabilities }) => capabilities))].toSorted()
  },
})
