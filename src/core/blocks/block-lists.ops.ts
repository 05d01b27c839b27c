import { z } from 'zod'
import { notFound } from '../../kernel/errors.ts'
import { oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { alsoInput, by, countInput, countUpTo, mostCounted, pageInput, readByIds, readPage, sliceInput } from '../../kernel/paging.ts'
import type { Order } from '../../kernel/storage.ts'
import { blockDocumentConditions, blockDocumentFilter, ofType } from './block.filter.ts'
import { BlockDocument, type ListedBlockDocument, listedProperties } from './block-document.entity.ts'
import { resolveDocuments } from './block-document.resolve.ts'
import { BlockDocumentReference } from './block-document-reference.entity.ts'

const byIds = z.object({ ids: z.array(uuid).max(10_000) })
const filterInput = z.object({ filter: blockDocumentFilter.nullish() })

const orders = {
  NAME_ASC: by('name', 'asc'),
  NAME_DESC: by('name', 'desc'),
  BLOCK_TYPE_AND_NAME_ASC: [
    ['blockTypeName', 'asc'],
    ['name', 'asc'],
    ['id', 'asc'],
  ],
} as const satisfies Record<string, readonly Order[]>

export const blockDocumentOrders = Object.keys(orders) as (keyof typeof orders)[]
const orderBy = z.enum(blockDocumentOrders).default('NAME_ASC')

/** With masks in the place of secrets, as all lists. */
export const listBlockDocuments = query('block-document.list', {
  input: filterInput.extend({ ...pageInput, orderBy }),
  needs: 'block-document:read',
  run: (ctx, { filter, orderBy, ...page }) =>
    readPage<ListedBlockDocument>(ctx.read, {
      entity: BlockDocument,
      where: blockDocumentConditions(filter),
      orderBy: orders[orderBy],
      properties: listedProperties,
      ...page,
    }),
})

export const countBlockDocuments = query('block-document.count', {
  input: filterInput.extend(countInput),
  needs: 'block-document:read',
  run: (ctx, { filter, also = [], countAll }) =>
    countUpTo(ctx.read, { entity: BlockDocument, where: [...blockDocumentConditions(filter), ...also] }, mostCounted(countAll)),
})

/** How many there are of each of some types, those without a name left out. */
export const countBlockDocumentsByType = query('block-document.count-by-type', {
  input: z.object({ blockTypeIds: z.array(uuid).max(1000) }),
  needs: 'block-document:read',
  run: async (ctx, { blockTypeIds }) =>
    (
      await ctx.read.countBy({
        entity: BlockDocument,
        where: blockDocumentConditions({ blockTypeIds, isAnonymous: false }),
        property: 'blockTypeId',
      })
    ).counts,
})

/** Counted from the start of an order. */
export const sliceBlockDocuments = query('block-document.slice', {
  input: filterInput.extend({ ...sliceInput, ...alsoInput, orderBy }),
  needs: 'block-document:read',
  run: async (ctx, { limit, offset, orderBy, filter, also = [] }) =>
    (await ctx.read.select({
      entity: BlockDocument,
      where: [...blockDocumentConditions(filter), ...also],
      orderBy: orders[orderBy],
      properties: listedProperties,
      limit,
      offset,
    })) as unknown as ListedBlockDocument[],
})

/** By its id, or else by its type and name. */
export const findBlockDocument = query('block-document.find', {
  input: z.union([z.object({ id: uuid }), z.object({ blockTypeSlug: z.string(), name: z.string() })]),
  needs: 'block-document:read',
  async run(ctx, which): Promise<ListedBlockDocument> {
    const where = 'id' in which ? oneOf('id', [which.id]) : [ofType(oneOf('slug', [which.blockTypeSlug])), ...oneOf('name', [which.name])]
    const [found] = await ctx.read.select({
      entity: BlockDocument,
      where,
      orderBy: [['id', 'asc']],
      properties: listedProperties,
      limit: 1,
    })
    if (!found) throw notFound('Block document', 'id' in which ? which.id : `${which.blockTypeSlug}/${which.name}`)
    return found as unknown as ListedBlockDocument
  },
})

/** In the order asked; undefined where there is none. */
export const blockDocumentsByIds = query('block-document.by-ids', {
  input: byIds,
  needs: 'block-document:read',
  run: (ctx, { ids }) => readByIds<ListedBlockDocument>(ctx.read, BlockDocument, ids, listedProperties),
})

/** With those that they refer to in their place. */
export const resolveBlockDocuments = query('block-document.resolve', {
  input: byIds,
  needs: 'block-document:read',
  run: (ctx, { ids }) => resolveDocuments(ctx, ids, document => document.data),
})

export interface BlockUse {
  readonly documentId: string
  /** The document that holds it, and in which of its fields. */
  readonly parentId: string
  readonly field: string
}

/** Where documents are held by others. */
export const blockDocumentUses = query('block-document.uses', {
  input: byIds,
  needs: 'block-document:read',
  async run(ctx, { ids }): Promise<BlockUse[]> {
    const rows = await ctx.read.select({
      entity: BlockDocumentReference,
      where: oneOf('documentId', ids),
      orderBy: [['id', 'asc']],
      limit: 10_000,
    })
    return rows.map(({ documentId, parentId, name }) => ({ documentId, parentId, field: name }) as BlockUse)
  },
})
