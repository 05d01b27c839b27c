import { invalid, isAppError, issuesOf } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/ids.ts'
import type { BlockData } from './secret-fields.rules.ts'

/** One document in the place of another's field: `{"$ref": {"block_document_id": …}}`. */
export interface DocumentReference {
  readonly name: string
  readonly documentId: string
}

/** How deep documents may stand within each other. */
export const DEEPEST_REFERENCE = 50

const MISPLACED = 'misplaced'

/** Those that stand directly in a field, where alone they mean a document. INVALID where one names none. */
export const documentReferencesOf = (data: BlockData): readonly DocumentReference[] =>
  Object.entries(data).flatMap(([name, value]) => {
    const reference = referenceIn(value)
    if (reference === undefined) return []
    const { block_document_id: id } = reference
    if (!isUuid(id)) throw misplaced(name, `Received block reference without a block_document_id in key ${name}`)
    return [{ name, documentId: id.toLowerCase() }]
  })

export const misplaced = (name: string, message: string) => invalid([{ path: ['data', name], message, code: MISPLACED }])

/** Why a reference cannot stand where it does; undefined where an error says something else. */
export const reasonMisplaced = (error: unknown): string | undefined =>
  isAppError(error) ? issuesOf(error).find(({ code }) => code === MISPLACED)?.message : undefined

function referenceIn(value: unknown): { readonly block_document_id?: unknown } | undefined {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return undefined
  return typeof value.$ref === 'object' && value.$ref !== null ? value.$ref : undefined
}
