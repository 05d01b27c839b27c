import { defineEntity, p } from '@mikro-orm/core'
import { instant, verbatimJson, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { type StateDetails, type StateType, stateTypes } from '../states/index.ts'
import { TaskRun } from './task-run.entity.ts'

/** The history of a task run: one row for each state it was in, ordered by time. Written by commands only. */
export const TaskRunState = defineEntity({
  name: 'TaskRunState',
  tableName: 'task_run_state',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    taskRunId: () => p.manyToOne(TaskRun).mapToPk().fieldName('task_run_id').deleteRule('cascade').updateRule('no action').index(false),
    timestamp: instant(),
    type: p.enum(stateTypes).$type<StateType>(),
    name: p.text(),
    message: p.text().nullable(),
    data: verbatimJson<unknown>().nullable(),
    details: p.json<StateDetails>(),
    actorId: p.text(),
    actorName: p.text(),
  },
  indexes: [{ properties: ['taskRunId', 'timestamp', 'id'] }],
})
