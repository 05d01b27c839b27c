import { defineEntity, p } from '@mikro-orm/core'
import { instant, verbatimJson, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { type StateDetails, type StateType, stateTypes } from '../states/index.ts'
import { FlowRun } from './flow-run.entity.ts'

/** The history of a run: one row for each state it was in, numbered from 1. Written by commands only. */
export const FlowRunState = defineEntity({
  name: 'FlowRunState',
  tableName: 'flow_run_state',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    flowRunId: () => p.manyToOne(FlowRun).mapToPk().fieldName('flow_run_id').deleteRule('cascade').updateRule('no action').index(false),
    ordinal: p.integer(),
    timestamp: instant(),
    type: p.enum(stateTypes).$type<StateType>(),
    name: p.text(),
    message: p.text().nullable(),
    data: verbatimJson<unknown>().nullable(),
    details: p.json<StateDetails>(),
    actorId: p.text(),
    actorName: p.text(),
  },
  uniques: [{ properties: ['flowRunId', 'ordinal'] }],
})
