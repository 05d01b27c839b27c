import { defineEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { TaskRunState } from './task-run-state.entity.ts'

/** Completed states that task runs of the same key take over instead of running. Written by commands only. */
export const CachedResultEntity = defineEntity({
  name: 'CachedResult',
  tableName: 'cached_result',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    cacheKey: p.text(),
    expiration: instant().nullable(),
    taskRunStateId: () =>
      p.manyToOne(TaskRunState).mapToPk().fieldName('task_run_state_id').deleteRule('cascade').updateRule('no action').index(),
  },
  indexes: [{ properties: ['workspaceId', 'cacheKey', 'id'] }],
})
