import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { type AppError, conflict, notFound } from '../../kernel/errors.ts'
import { BlockDocument, type BlockDocumentRecord } from './block-document.entity.ts'
import { BlockDocumentReference } from './block-document-reference.entity.ts'
import { DEEPEST_REFERENCE, documentReferencesOf, misplaced } from './block-references.rules.ts'
import type { BlockData } from './secret-fields.rules.ts'

/** Refuses data that refers to what there is not, to its own document, or through others back to it. */
export async function refuseCircles(ctx: Ctx, id: string, data: BlockData): Promise<void> {
  const references = documentReferencesOf(data)
  for (const { documentId } of references)
    if (!(await ctx.em.count(BlockDocument, { id: documentId }))) throw notFound('Block document', documentId)
  let level = references.map(({ documentId }) => documentId)
  for (let depth = 1; level.length > 0; depth += 1) {
    if (level.includes(id) || depth > DEEPEST_REFERENCE)
      throw misplaced(
        references[0]!.name,
        level.includes(id)
          ? `Cannot create block document reference: it would introduce a cycle, by which ${id} would hold itself.`
          : `Cannot create block document reference: blocks may stand within each other at most ${DEEPEST_REFERENCE} deep.`,
      )
    const next = await ctx.em.find(BlockDocumentReference, { parentId: { $in: level } })
    level = [...new Set(next.map(({ documentId }) => documentId))]
  }
}

export async function storeReferences(ctx: MutationCtx, parentId: string, data: BlockData): Promise<void> {
  await ctx.em.nativeDelete(BlockDocumentReference, { parentId })
  for (const reference of documentReferencesOf(data))
    ctx.em.create(BlockDocumentReference, { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, parentId, ...reference })
}

const MOST_NAMED = 5

/** The refusal to take away what others hold, with their names. */
export async function heldBy(
  ctx: MutationCtx,
  { blockTypeName, name }: Pick<BlockDocumentRecord, 'blockTypeName' | 'name'>,
  parentIds: readonly string[],
): Promise<AppError> {
  const parents = await ctx.em.find(BlockDocument, { id: { $in: [...parentIds] } }, { orderBy: { name: 'asc' }, limit: MOST_NAMED })
  const named = parents.map(parent => `${parent.blockTypeName} ${parent.name}`).join(', ')
  const others = parentIds.length - parents.length
  const by = others > 0 ? `${named} and ${others} more` : named
  return conflict(`${blockTypeName} ${name} is used by ${by}: change or delete that first.`, { usedBy: parents.map(({ id }) => id) })
}
