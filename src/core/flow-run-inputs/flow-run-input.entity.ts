import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { FlowRun } from '../flow-runs/index.ts'

/** A text handed to a run under a key: what somebody answers to a pause, or one flow sends to another. */
export const FlowRunInput = defineEntity({
  name: 'FlowRunInput',
  tableName: 'flow_run_input',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    flowRunId: () => p.manyToOne(FlowRun).mapToPk().fieldName('flow_run_id').deleteRule('cascade').updateRule('no action').index(false),
    key: p.text(),
    value: p.text(),
    sender: p.text().nullable(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['flowRunId', 'key'] }],
})

export type FlowRunInputRecord = Readonly<InferEntity<typeof FlowRunInput>>
