import { defineEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** Connections of processes that serve tasks in the background, on whichever server. Written by commands only. */
export const TaskWorker = defineEntity({
  name: 'TaskWorker',
  tableName: 'task_worker',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    identifier: p.text(),
    taskKeys: p.json<string[]>(),
    connectedAt: instant(),
    lastSeenAt: instant(),
  },
  indexes: [{ properties: ['workspaceId', 'lastSeenAt', 'id'] }],
})
