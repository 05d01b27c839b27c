import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { openSecret, type SealedPlace, sealSecret } from '../secrets/index.ts'
import type { BlockDocumentRecord } from './block-document.entity.ts'
import type { PlacedSecret } from './secret-fields.rules.ts'

/** All secrets of a document are one envelope. */
export const placeOf = ({ workspaceId, id }: Pick<BlockDocumentRecord, 'workspaceId' | 'id'>): SealedPlace => ({
  workspaceId,
  table: 'block_document',
  id,
  field: 'sealed',
})

export const sealSecrets = async (ctx: MutationCtx, id: string, secrets: readonly PlacedSecret[]): Promise<string | null> =>
  secrets.length === 0 ? null : sealSecret(ctx, placeOf({ workspaceId: ctx.workspace.id, id }), secrets)

export const secretsIn = (
  ctx: Pick<Ctx, 'house'>,
  document: Pick<BlockDocumentRecord, 'workspaceId' | 'id' | 'sealed'>,
): readonly PlacedSecret[] => (document.sealed ? (openSecret(ctx, placeOf(document), document.sealed) as PlacedSecret[]) : [])
