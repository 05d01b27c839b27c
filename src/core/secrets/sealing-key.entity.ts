import { defineEntity, p } from '@mikro-orm/core'
import { instant } from '../../kernel/columns.ts'

/**
 * Which keys the secrets of this database are sealed with, by fingerprint: the keys themselves are elsewhere. Each names the one it came after, so that only one
 * can be the first and no two follow the same.
 */
export const SealingKey = defineEntity({
  name: 'SealingKey',
  tableName: 'sealing_key',
  properties: {
    /** Fingerprint of the key before; empty for the first. */
    follows: p.text().primary(),
    fingerprint: p.text().unique(),
    created: instant(),
    /** Since when nothing is sealed with it any more. */
    retired: instant().nullable(),
  },
})
