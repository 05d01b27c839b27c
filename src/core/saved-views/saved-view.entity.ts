import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** What a list is narrowed to, under a name that everybody in the workspace finds it by. */
export const SavedView = defineEntity({
  name: 'SavedView',
  tableName: 'saved_view',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    list: p.text(),
    name: p.text(),
    query: p.text(),
    isDefault: p.boolean(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'list', 'name'] }],
})

export type SavedViewRecord = Readonly<InferEntity<typeof SavedView>>
