import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** A kind of block: Slack webhook, secret, or one that a flow's author has thought of. */
export const BlockType = defineEntity({
  name: 'BlockType',
  tableName: 'block_type',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    name: p.text(),
    slug: p.text(),
    logoUrl: p.text().nullable(),
    documentationUrl: p.text().nullable(),
    description: p.text().nullable(),
    codeExample: p.text().nullable(),
    /** It comes with the server and cannot be deleted. */
    isProtected: p.boolean(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'slug'] }],
  indexes: [{ properties: ['workspaceId', 'name', 'id'] }],
})

export type BlockTypeRecord = Readonly<InferEntity<typeof BlockType>>
