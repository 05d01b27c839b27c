import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { oneOf } from '../../kernel/filters.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { type CatalogueType, catalogue } from './block-catalogue.ts'
import { BlockSchema } from './block-schema.entity.ts'
import { BLOCK_SCHEMA_VERSION } from './block-schema.rules.ts'
import { BlockType } from './block-type.entity.ts'

/** Slugs of the types that come with the server and that the workspace does not have, or not in their newest schema. */
export const missingBlockTypes = query('block-type.missing', {
  input: z.object({}),
  needs: 'block-type:read',
  async run(ctx): Promise<string[]> {
    const schemas = await ctx.read.select({
      entity: BlockSchema,
      where: oneOf(
        'checksum',
        catalogue.map(({ checksum }) => checksum),
      ),
      orderBy: [['id', 'asc']],
      properties: ['checksum'],
      limit: 1000,
    })
    const present = new Set(schemas.map(({ checksum }) => checksum))
    return catalogue.filter(({ checksum }) => !present.has(checksum)).map(({ slug }) => slug)
  },
})

/** Makes the types that come with the server present in the workspace. What is there stays as it is, whoever has changed it. Answers the workspace's id. */
export const installBlockTypes = mutation('block-type.install', {
  input: z.object({}),
  needs: 'block-type:write',
  async run(ctx): Promise<{ id: string }> {
    await installInto(ctx, ctx.workspace.id)
    return { id: ctx.workspace.id }
  },
})

/** For whoever makes a workspace, in the same transaction. */
export async function installInto(ctx: MutationCtx, workspaceId: string): Promise<void> {
  for (const type of catalogue) await installOne(ctx, workspaceId, type)
}

const unscoped = { filters: { workspace: false } } as const

async function installOne(
  ctx: MutationCtx,
  workspaceId: string,
  { checksum, fields, capabilities, ...rest }: CatalogueType,
): Promise<void> {
  const now = ctx.clock.now()
  const own = () => ({ id: ctx.ids.uuid(), workspaceId, created: now, updated: now })
  const none = { logoUrl: null, documentationUrl: null }
  const type =
    (await ctx.em.findOne(BlockType, { workspaceId, slug: rest.slug }, unscoped)) ??
    ctx.em.create(BlockType, { ...own(), ...rest, ...none, isProtected: true })
  const version = BLOCK_SCHEMA_VERSION
  if (await ctx.em.count(BlockSchema, { workspaceId, checksum, version }, unscoped)) return
  const schema = { checksum, version, capabilities: [...capabilities], fields: JSON.stringify(fields) }
  ctx.em.create(BlockSchema, { ...own(), ...schema, blockTypeId: type.id })
}

/** The same at a server's start: nothing is written where nothing is missing, and other servers may be doing it too. */
export async function ensureBlockTypes(ctx: Ctx): Promise<void> {
  if ((await missingBlockTypes(ctx, {})).length === 0) return
  await installBlockTypes(ctx, {}).catch(async error => {
    if ((await missingBlockTypes(ctx, {})).length > 0) throw error
  })
}
