import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { conflict, forbidden, notFound } from '../../kernel/errors.ts'
import { addressableName, present, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { documentEvents, typeEvents } from './block.events.ts'
import { BlockDocument } from './block-document.entity.ts'
import { BlockDocumentReference } from './block-document-reference.entity.ts'
import { BlockType, type BlockTypeRecord } from './block-type.entity.ts'

const text = z.string().nullish()
const changeable = { logoUrl: text, documentationUrl: text, description: text, codeExample: text }

export const blockSlug = z.string().regex(/^[a-z0-9-]+$/, 'must only contain lowercase letters, numbers, and dashes')

/** CONFLICT when the slug is taken; FORBIDDEN for names that begin with "Prefect", which its SDK keeps for itself. */
export const createBlockType = mutation('block-type.create', {
  input: z.object({ name: addressableName, slug: blockSlug, ...changeable }),
  needs: 'block-type:write',
  async run(
    ctx,
    { name, slug, logoUrl = null, documentationUrl = null, description = null, codeExample = null },
  ): Promise<BlockTypeRecord> {
    if (/^prefect/i.test(name)) throw forbidden("Block type names beginning with 'Prefect' are reserved.", { name })
    if (await ctx.em.count(BlockType, { slug })) throw conflict(`Block type with name "${name}" already exists`, { name, slug })
    const now = ctx.clock.now()
    const own = { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, isProtected: false, created: now, updated: now }
    const type = ctx.em.create(BlockType, { ...own, name, slug, logoUrl, documentationUrl, description, codeExample })
    ctx.emit(typeEvents.created(ctx, type))
    return type
  },
})

/** What is left out stays. A change that changes nothing is none: each process of an SDK may ask for it. */
export const updateBlockType = mutation('block-type.update', {
  input: z.object({ id: uuid, ...changeable }),
  needs: 'block-type:write',
  async run(ctx, { id, ...given }): Promise<BlockTypeRecord> {
    const type = await find(ctx, { id })
    const change = present(given)
    if (Object.entries(change).every(([key, value]) => type[key as keyof typeof change] === value)) return type
    Object.assign(type, change, { updated: ctx.clock.now() })
    ctx.emit(typeEvents.updated(ctx, type))
    return type
  },
})

/** With its schemas and its documents. FORBIDDEN for one that comes with the server; CONFLICT while a document of another type holds one of this. */
export const deleteBlockType = mutation('block-type.delete', {
  input: z.object({ id: uuid }),
  needs: 'block-type:write',
  async run(ctx, { id }): Promise<BlockTypeRecord> {
    const type = await find(ctx, { id })
    if (type.isProtected) throw forbidden('protected block types cannot be deleted.', { id })
    const documents = await ctx.em.find(BlockDocument, { blockTypeId: id })
    const ids = documents.map(document => document.id)
    await refuseHeld(ctx, ids)
    for (const document of documents) if (!document.isAnonymous) ctx.emit(documentEvents.deleted(ctx, document))
    ctx.emit(typeEvents.deleted(ctx, type))
    await ctx.em.nativeDelete(BlockDocumentReference, { parentId: { $in: ids } })
    await ctx.em.nativeDelete(BlockType, { id })
    return type
  },
})

async function refuseHeld(ctx: MutationCtx, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const held = await ctx.em.find(BlockDocumentReference, { documentId: { $in: ids }, parentId: { $nin: ids } }, { limit: 1 })
  const [first] = held
  if (!first) return
  const parent = await ctx.em.findOneOrFail(BlockDocument, { id: first.parentId })
  throw conflict(`A block of this type is used by ${parent.blockTypeName} ${parent.name}: change or delete that first.`, {
    usedBy: parent.id,
  })
}

export const findBlockType = query('block-type.find', {
  input: z.object({ id: uuid.optional(), slug: z.string().optional() }),
  needs: 'block-type:read',
  run: (ctx, which): Promise<BlockTypeRecord> => find(ctx, which),
})

/** By its id, or else by its slug. */
async function find(ctx: Ctx, { id, slug }: { readonly id?: string | undefined; readonly slug?: string | undefined }) {
  const type = await ctx.em.findOne(BlockType, id === undefined ? { slug: slug ?? '' } : { id })
  if (!type) throw notFound('Block type', id ?? slug ?? '')
  return type
}
