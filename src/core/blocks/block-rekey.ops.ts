import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { envelopePrefix, type Key } from '../../kernel/envelope.ts'
import { AppError } from '../../kernel/errors.ts'
import { startingWith } from '../../kernel/filters.ts'
import { mutation } from '../../kernel/operation.ts'
import { describeEncryption, openSecret, retireKeys, sealWith, succeedKey } from '../secrets/index.ts'
import { BlockDocument } from './block-document.entity.ts'
import { placeOf } from './block-document.secrets.ts'

export interface RekeyStep {
  /** Of the key that all secrets are to be sealed with. */
  readonly fingerprint: string
  /** How many documents this step has sealed anew. */
  readonly resealed: number
  /** Nothing is sealed with an older key any more, and they are retired. */
  readonly isDone: boolean
}

/**
 * Seals some documents, in all workspaces, with this server's current key, whatever key they were sealed with. A step is one short transaction; who wants all of
 * them sealed asks until it is done, and may stop and go on at any time. LOCKED where a key is lacking that something is sealed with.
 */
export const rekeyBlockDocuments = mutation('block-document.rekey', {
  input: z.object({ limit: z.int().min(1).max(1000).default(100) }),
  needs: 'block-document:admin',
  async run(ctx, { limit }): Promise<RekeyStep> {
    const key = ctx.house.keys.keys[0]
    if (!key) throw new AppError('LOCKED', `This server has no key: ${ctx.house.keys.source}.`)
    await succeedKey(ctx, key)
    const ids = await sealedOtherwise(ctx, key, limit)
    await reseal(ctx, key, ids)
    const isDone = ids.length < limit
    if (isDone) await retireKeys(ctx, key)
    return { fingerprint: key.fingerprint, resealed: ids.length, isDone }
  },
  subject: (_input, { fingerprint }) => fingerprint,
})

async function sealedOtherwise(ctx: MutationCtx, { fingerprint }: Key, limit: number): Promise<string[]> {
  const rows = await ctx.transaction.read.select({
    entity: BlockDocument,
    workspaceId: null,
    where: [
      { is: 'missing', property: 'sealed', isMissing: false },
      { is: 'neither', of: [startingWith('sealed', [envelopePrefix(fingerprint)])] },
    ],
    orderBy: [['id', 'asc']],
    properties: ['id'],
    limit,
  })
  return rows.map(({ id }) => id as string)
}

async function reseal(ctx: MutationCtx, key: Key, ids: string[]): Promise<void> {
  const options = { filters: { workspace: false }, lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const
  for (const document of await ctx.em.find(BlockDocument, { id: { $in: ids } }, options)) {
    if (!document.sealed) continue
    const place = placeOf(document)
    document.sealed = sealWith(ctx, key, place, openSecret(ctx, place, document.sealed))
  }
}

/**
 * Brings all secrets to a new key: one that is made, where keys are made here, else the first of those that were given. Interrupted, it goes on where it was.
 * `tell` hears how many documents are done after each step.
 */
export async function rekeySecrets(ctx: Ctx, tell: (resealed: number) => void = () => undefined): Promise<number> {
  const { keys } = ctx.house
  const { inUse, isSettled } = await describeEncryption(ctx, {})
  if (inUse.length === 0) return 0
  if (isSettled && keys.canMake) keys.make()
  for (let resealed = 0; ; ) {
    const step = await rekeyBlockDocuments(ctx, {})
    resealed += step.resealed
    tell(resealed)
    if (!step.isDone) continue
    keys.forgetOlder()
    return resealed
  }
}
