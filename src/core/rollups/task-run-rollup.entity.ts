import { defineEntity, p } from '@mikro-orm/core'
import { workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** The same of task runs, by their own tags. Not by flow: a task run knows its flow run alone, and some have none. */
export const TaskRunRollup = defineEntity({
  name: 'TaskRunRollup',
  tableName: 'task_run_rollup',
  filters: workspaceFilter,
  properties: {
    workspaceId: workspaceId().primary(),
    /** `all`: all task runs; `all:` and a tag: those that carry it. */
    scope: p.text().primary(),
    /** `NONE` for a task run without a state. */
    stateType: p.text().primary(),
    /** Quarters of an hour since 1970-01-01 UTC, or -1 for all time. */
    bucket: p.integer().primary(),
    count: p.integer(),
  },
})
