import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { conflict, forbidden, invalidAt, notFound } from '../../kernel/errors.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { BlockDocument } from './block-document.entity.ts'
import { BlockSchema, type BlockSchemaRecord } from './block-schema.entity.ts'
import { BLOCK_SCHEMA_VERSION, type BlockFields, checksumOf, definedWithin, referencesOf } from './block-schema.rules.ts'
import { BlockType } from './block-type.entity.ts'

interface NewSchema {
  readonly blockTypeId: string
  readonly fields: BlockFields
  readonly capabilities: string[]
  readonly version: string
}

export interface RegisteredSchema extends BlockSchemaRecord {
  readonly isNew: boolean
}

const DEEPEST = 20

/** Makes a schema, or finds the one of the same checksum and version. NOT_FOUND without the type; CONFLICT when it holds blocks of a type that there is not. */
export const registerBlockSchema = mutation('block-schema.register', {
  input: z.object({
    blockTypeId: uuid,
    fields: jsonObject.default({}),
    capabilities: z.array(z.string()).default([]),
    version: z.string().default(BLOCK_SCHEMA_VERSION),
  }),
  needs: 'block-schema:write',
  async run(ctx, schema): Promise<RegisteredSchema> {
    if (!(await ctx.em.count(BlockType, { id: schema.blockTypeId }))) throw notFound('Block type', schema.blockTypeId)
    return register(ctx, schema, 0)
  },
})

async function register(ctx: MutationCtx, { fields, version, ...rest }: NewSchema, depth: number): Promise<RegisteredSchema> {
  if (depth > DEEPEST) throw invalidAt(['fields', 'definitions'], `holds blocks within blocks more than ${DEEPEST} deep`)
  const checksum = checksumOf(fields)
  const existing = await ctx.em.findOne(BlockSchema, { checksum, version })
  if (existing) return { ...existing, isNew: false }
  await registerHeld(ctx, fields, depth)
  const now = ctx.clock.now()
  const own = { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, created: now, updated: now }
  const schema = ctx.em.create(BlockSchema, { ...own, ...rest, version, checksum, fields: JSON.stringify(fields) })
  await ctx.em.flush()
  return { ...schema, isNew: true }
}

/** Those that it holds and that nobody has registered, as it defines them. */
async function registerHeld(ctx: MutationCtx, fields: BlockFields, depth: number): Promise<void> {
  for (const reference of referencesOf(fields)) {
    const type = await ctx.em.findOne(BlockType, { slug: reference.slug })
    if (!type)
      throw conflict(`Cannot create block schema because block type '${reference.slug}' was not found. Did you forget to register it?`, {
        slug: reference.slug,
      })
    if (await ctx.em.count(BlockSchema, { checksum: reference.checksum })) continue
    const held = definedWithin(fields, reference)
    if (!held) throw conflict(`Block type '${reference.slug}' of field '${reference.name}' has no such schema, and none is defined here.`)
    await register(ctx, { blockTypeId: type.id, fields: held, capabilities: [], version: BLOCK_SCHEMA_VERSION }, depth + 1)
  }
}

/** FORBIDDEN for one of a type that comes with the server; CONFLICT while there are documents of it. */
export const deleteBlockSchema = mutation('block-schema.delete', {
  input: z.object({ id: uuid }),
  needs: 'block-schema:write',
  async run(ctx, { id }): Promise<BlockSchemaRecord> {
    const schema = await find(ctx, { id })
    const type = await ctx.em.findOneOrFail(BlockType, { id: schema.blockTypeId })
    if (type.isProtected) throw forbidden('Block schemas for protected block types cannot be deleted.', { id })
    const documents = await ctx.em.count(BlockDocument, { blockSchemaId: id })
    if (documents > 0) throw conflict(`This schema is used by ${documents} block documents: delete them first.`, { documents })
    await ctx.em.nativeDelete(BlockSchema, { id })
    return schema
  },
})

/** By its id, or else by its checksum: of that version, or the newest. */
export const findBlockSchema = query('block-schema.find', {
  input: z.object({ id: uuid.optional(), checksum: z.string().optional(), version: z.string().optional() }),
  needs: 'block-schema:read',
  run: (ctx, which): Promise<BlockSchemaRecord> => find(ctx, which),
})

interface Which {
  readonly id?: string | undefined
  readonly checksum?: string | undefined
  readonly version?: string | undefined
}

async function find(ctx: Ctx, { id, checksum = '', version }: Which) {
  const where = id === undefined ? { checksum, ...(version === undefined ? {} : { version }) } : { id }
  const [schema] = await ctx.em.find(BlockSchema, where, { orderBy: { created: 'desc' }, limit: 1 })
  if (!schema) throw notFound('Block schema', id ?? checksum)
  return schema
}
