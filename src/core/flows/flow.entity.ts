import { defineEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import type { Json } from '../orchestration/index.ts'

/** Written by commands only; mapped here for its table, its names and its readers. */
export const Flow = defineEntity({
  name: 'Flow',
  tableName: 'flow',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    name: p.text(),
    tags: p.json<string[]>(),
    labels: p.json<Json>(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'name'] }],
})
