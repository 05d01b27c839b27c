import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { authorise, mutation, query } from '../../kernel/operation.ts'
import { documentEvents } from './block.events.ts'
import { BlockDocument, type ListedBlockDocument, listed } from './block-document.entity.ts'
import { keep, splitFitting } from './block-document.keep.ts'
import { findKind, findSchema } from './block-document.kind.ts'
import { heldBy, refuseCircles, storeReferences } from './block-document.references.ts'
import { secretsIn } from './block-document.secrets.ts'
import { BlockDocumentReference } from './block-document-reference.entity.ts'
import { documentReferencesOf, misplaced } from './block-references.rules.ts'
import { openBlockDocuments } from './block-secrets.ops.ts'
import { BlockType } from './block-type.entity.ts'
import type { BlockData } from './secret-fields.rules.ts'

/** Whether data that does not fit is refused. The SDK has checked what it sends, by a class that may be newer than what is known here. */
const isChecked = z.boolean().default(false)

export const blockDocumentName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-z0-9-]+$/, 'must only contain lowercase letters, numbers, and dashes')

/** Saves a block. CONFLICT when its type has one of that name; NOT_FOUND without the schema or a document it refers to; LOCKED when a secret cannot be kept. */
export const createBlockDocument = mutation('block-document.create', {
  input: z
    .object({
      name: blockDocumentName.nullish(),
      /** The newest schema of the type, where none is named. */
      blockSchemaId: uuid.nullish(),
      blockTypeId: uuid.nullish(),
      blockTypeSlug: z.string().nullish(),
      data: jsonObject.default({}),
      isAnonymous: z.boolean().default(false),
      isChecked,
    })
    .refine(({ blockSchemaId, blockTypeId, blockTypeSlug }) => blockSchemaId ?? blockTypeId ?? blockTypeSlug, {
      path: ['blockTypeSlug'],
      message: 'A type or a schema must be named.',
    })
    .refine(({ name, isAnonymous }) => isAnonymous || name, { path: ['name'], message: 'Names must be provided for block documents.' }),
  needs: 'block-document:write',
  async run(ctx, { name: given, data, isAnonymous, isChecked, ...which }): Promise<ListedBlockDocument> {
    const { schema, type } = await findKind(ctx, which)
    const [blockTypeId, blockSchemaId] = [type.id, schema.id]
    const id = ctx.ids.uuid()
    const name = given ?? `anonymous-${id}`
    await refuseTaken(ctx, blockTypeId, name)
    await refuseCircles(ctx, id, data)
    const now = ctx.clock.now()
    const own = { id, workspaceId: ctx.workspace.id, name, isAnonymous, blockTypeId, blockTypeName: type.name, blockSchemaId }
    const kept = await keep(ctx, id, { data, schema, checkedAs: isChecked ? type.slug : null, current: () => [] })
    const document = ctx.em.create(BlockDocument, { ...own, ...kept, created: now, updated: now })
    await ctx.em.flush()
    await storeReferences(ctx, id, kept.data)
    if (!isAnonymous) ctx.emit(documentEvents.created(ctx, document))
    return listed({ ...document })
  },
})

/** Changes what is given and leaves the rest, or with `isReplaced` takes the data as all there is. A mask in the place of a secret leaves that secret as it is. */
export const updateBlockDocument = mutation('block-document.update', {
  input: z.object({
    id: uuid,
    blockSchemaId: uuid.nullish(),
    data: jsonObject.optional(),
    isReplaced: z.boolean().default(false),
    isChecked,
  }),
  needs: 'block-document:write',
  async run(ctx, { id, blockSchemaId, data, isReplaced, isChecked }): Promise<ListedBlockDocument> {
    const document = await find(ctx, id, LockMode.PESSIMISTIC_WRITE)
    const schema = await findSchema(ctx, blockSchemaId ?? document.blockSchemaId)
    if (schema.blockTypeId !== document.blockTypeId)
      throw misplaced('block_schema_id', 'Must migrate block document to a block schema of the same block type.')
    // Another schema may call secret what is stored in the open.
    if (data !== undefined || schema.id !== document.blockSchemaId) {
      const next = isReplaced && data !== undefined ? data : { ...document.data, ...data }
      await refuseCircles(ctx, id, next)
      const checkedAs = isChecked ? (await ctx.em.findOneOrFail(BlockType, { id: document.blockTypeId })).slug : null
      Object.assign(document, await keep(ctx, id, { data: next, schema, checkedAs, current: () => secretsIn(ctx, document) }))
      await storeReferences(ctx, id, document.data)
    }
    Object.assign(document, { blockSchemaId: schema.id, updated: ctx.clock.now() })
    if (!document.isAnonymous) ctx.emit(documentEvents.updated(ctx, document))
    return listed({ ...document })
  },
})

/** CONFLICT while another document holds it. */
export const deleteBlockDocument = mutation('block-document.delete', {
  input: z.object({ id: uuid }),
  needs: 'block-document:write',
  async run(ctx, { id }): Promise<ListedBlockDocument> {
    const document = await find(ctx, id, LockMode.PESSIMISTIC_WRITE)
    const uses = await ctx.em.find(BlockDocumentReference, { documentId: id })
    if (uses.length > 0)
      throw await heldBy(
        ctx,
        document,
        uses.map(({ parentId }) => parentId),
      )
    if (!document.isAnonymous) ctx.emit(documentEvents.deleted(ctx, document))
    await ctx.em.nativeDelete(BlockDocument, { id })
    return listed({ ...document })
  },
})

/** What `createBlockDocument` would save, as it would be opened then. Nothing is saved, and what would be refused is, but for secrets that cannot be kept. */
export const openBlockDraft = query('block-document.open-draft', {
  input: z.object({ name: blockDocumentName, blockTypeSlug: z.string(), data: jsonObject }),
  needs: 'block-document:read',
  async run(ctx, { name, blockTypeSlug, data }): Promise<Readonly<Record<string, unknown>>> {
    authorise(ctx, createBlockDocument.operation)
    const { schema, type } = await findKind(ctx, { blockTypeSlug })
    await refuseTaken(ctx, type.id, name)
    await refuseCircles(ctx, ctx.ids.uuid(), data)
    splitFitting({ data, schema, checkedAs: type.slug, current: () => [] })
    return withReferred(ctx, data)
  },
})

async function refuseTaken(ctx: Ctx, blockTypeId: string, name: string): Promise<void> {
  if (await ctx.em.count(BlockDocument, { blockTypeId, name })) throw conflict('Block already exists', { name })
}

async function withReferred(ctx: Ctx, data: BlockData): Promise<BlockData> {
  const references = documentReferencesOf(data)
  if (references.length === 0) return data
  const referred = await openBlockDocuments(ctx, { ids: references.map(({ documentId }) => documentId) })
  return { ...data, ...Object.fromEntries(references.map(({ name }, index) => [name, referred[index]?.data])) }
}

async function find(ctx: Ctx, id: string, lockMode: LockMode.PESSIMISTIC_WRITE) {
  const document = await ctx.em.findOne(BlockDocument, { id }, { lockMode })
  if (!document) throw notFound('Block document', id)
  return document
}
