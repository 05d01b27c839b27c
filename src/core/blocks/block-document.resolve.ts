import type { Ctx } from '../../kernel/context.ts'
import { readByIds } from '../../kernel/paging.ts'
import { BlockDocument, type BlockDocumentRecord, type ListedBlockDocument, listed } from './block-document.entity.ts'
import { documentReferencesOf } from './block-references.rules.ts'
import type { BlockData } from './secret-fields.rules.ts'

/** A document with the data of those that it refers to in their place. */
export interface ResolvedDocument extends ListedBlockDocument {
  /** Those, by the field they stand in. */
  readonly references: Readonly<Record<string, ResolvedDocument>>
}

type Read = (document: BlockDocumentRecord) => BlockData

/** In the order asked; undefined where there is none. `read` says what of a document's data is told. */
export async function resolveDocuments(ctx: Ctx, ids: readonly string[], read: Read): Promise<(ResolvedDocument | undefined)[]> {
  const found = await withReferred(ctx, ids)
  return ids.map(id => {
    const document = found.get(id)
    return document && resolve(document, { found, read, above: [] })
  })
}

/** Level by level, so that a list costs as many queries as its documents are deep. */
async function withReferred(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, BlockDocumentRecord>> {
  const found = new Map<string, BlockDocumentRecord>()
  for (let level = ids; level.length > 0; ) {
    const documents = (await readByIds<BlockDocumentRecord>(ctx.read, BlockDocument, level)).filter(one => one !== undefined)
    for (const document of documents) found.set(document.id, document)
    const referred = documents.flatMap(({ data }) => documentReferencesOf(data).map(({ documentId }) => documentId))
    level = [...new Set(referred)].filter(id => !found.has(id))
  }
  return found
}

interface Around {
  readonly found: ReadonlyMap<string, BlockDocumentRecord>
  readonly read: Read
  /** The ids of what holds it: two servers may have closed a circle at the same moment. */
  readonly above: readonly string[]
}

function resolve(document: BlockDocumentRecord, around: Around): ResolvedDocument {
  const above = [...around.above, document.id]
  const references = Object.fromEntries(
    documentReferencesOf(document.data).flatMap(({ name, documentId }) => {
      const referred = around.found.get(documentId)
      return referred && !above.includes(documentId) ? [[name, resolve(referred, { ...around, above })]] : []
    }),
  )
  const filled = Object.fromEntries(Object.entries(references).map(([name, { data }]) => [name, data]))
  return { ...listed(document), data: { ...around.read(document), ...filled }, references }
}
