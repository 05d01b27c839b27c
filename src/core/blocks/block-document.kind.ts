import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { misplaced } from './block-references.rules.ts'
import { BlockSchema } from './block-schema.entity.ts'
import { BlockType } from './block-type.entity.ts'

interface Kind {
  readonly blockSchemaId?: string | null | undefined
  readonly blockTypeId?: string | null | undefined
  readonly blockTypeSlug?: string | null | undefined
}

/** The type and the schema that a new document is to be of. */
export async function findKind(ctx: Ctx, { blockSchemaId, blockTypeId, blockTypeSlug }: Kind) {
  const schema = blockSchemaId ? await findSchema(ctx, blockSchemaId) : undefined
  const id = blockTypeId ?? schema?.blockTypeId
  const type = await ctx.em.findOne(BlockType, { ...(id ? { id } : {}), ...(blockTypeSlug ? { slug: blockTypeSlug } : {}) })
  if (!type) throw notFound('Block type', blockTypeSlug ?? id ?? '')
  if (schema && schema.blockTypeId !== type.id) throw misplaced('block_schema_id', 'The block schema is not one of that block type.')
  return { type, schema: schema ?? (await newestSchema(ctx, type)) }
}

async function newestSchema(ctx: Ctx, { id, slug }: { readonly id: string; readonly slug: string }) {
  const [schema] = await ctx.em.find(BlockSchema, { blockTypeId: id }, { orderBy: { created: 'desc', id: 'desc' }, limit: 1 })
  if (!schema) throw notFound('Block schema of', slug)
  return schema
}

export async function findSchema(ctx: Ctx, id: string) {
  const schema = await ctx.em.findOne(BlockSchema, { id })
  if (!schema) throw notFound('Block schema', id)
  return schema
}
