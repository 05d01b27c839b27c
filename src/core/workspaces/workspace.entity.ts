import { defineEntity, p } from '@mikro-orm/core'
import { instant } from '../../kernel/columns.ts'

/** An isolated room: every other row belongs to one. */
export const Workspace = defineEntity({
  name: 'Workspace',
  tableName: 'workspace',
  properties: {
    id: p.uuid().primary(),
    slug: p.text().unique(),
    name: p.text(),
    created: instant(),
  },
})
