import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { SealingKey } from './sealing-key.entity.ts'

export interface Encryption {
  /** Of the keys that secrets in the database are sealed with, the newest first: none before the first secret, several while they are brought to a new key. */
  readonly inUse: readonly string[]
  /** Of the keys that this server has, the current one first. */
  readonly own: readonly string[]
  /** Where those come from. */
  readonly source: string
  /** Whether every secret can be read here. */
  readonly isComplete: boolean
  /** Whether all secrets are sealed with the current key. */
  readonly isSettled: boolean
}

/** The keys of secrets, by fingerprint. */
export const describeEncryption = query('encryption.describe', {
  input: z.object({}),
  needs: 'encryption:read',
  async run(ctx): Promise<Encryption> {
    const rows = await ctx.em.find(SealingKey, { retired: null }, { orderBy: { created: 'desc' } })
    const inUse = rows.map(({ fingerprint }) => fingerprint)
    const { keys, source } = ctx.house.keys
    const own = keys.map(({ fingerprint }) => fingerprint)
    return {
      inUse,
      own,
      source,
      isComplete: inUse.every(one => own.includes(one)),
      isSettled: inUse.every(one => one === own[0]),
    }
  },
})
