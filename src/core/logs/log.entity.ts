import { defineEntity, p } from '@mikro-orm/core'
import { instant, sequence, workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** The lines of runs, in commit order. Written by the kernel's tail only. */
export const LogLineEntity = defineEntity({
  name: 'LogLine',
  tableName: 'log_line',
  filters: workspaceFilter,
  properties: {
    seq: sequence(),
    id: p.uuid(),
    workspaceId: workspaceId(),
    flowRunId: p.uuid().nullable(),
    taskRunId: p.uuid().nullable(),
    name: p.text(),
    level: p.integer(),
    message: p.text(),
    timestamp: instant(),
  },
  indexes: [
    { properties: ['flowRunId', 'timestamp', 'seq'] },
    { properties: ['taskRunId', 'timestamp', 'seq'] },
    { properties: ['workspaceId', 'timestamp', 'seq'] },
  ],
})
