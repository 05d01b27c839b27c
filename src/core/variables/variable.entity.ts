import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, verbatimJson, workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** A named JSON value that flows of a workspace share. */
export const Variable = defineEntity({
  name: 'Variable',
  tableName: 'variable',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    name: p.text(),
    value: verbatimJson<unknown>().nullable(),
    tags: p.json<string[]>(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'name'] }],
})

export type VariableRecord = Readonly<InferEntity<typeof Variable>>
