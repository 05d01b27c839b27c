import { defineEntity, p } from '@mikro-orm/core'
import { instant, sequence, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import type { Labels } from '../../kernel/event-log.ts'
import { TASK_RUN } from './event.filter.ts'

/** The event log: every fact, in commit order. Written by the kernel's tail only. */
export const EventEntity = defineEntity({
  name: 'Event',
  tableName: 'event',
  filters: workspaceFilter,
  properties: {
    seq: sequence(),
    id: p.uuid(),
    workspaceId: workspaceId(),
    occurred: instant(),
    received: instant(),
    event: p.text(),
    /** The resource's own id, for look-ups; it stands in `resource` too. */
    resourceId: p.text(),
    resource: p.json<Labels>(),
    related: p.json<Labels[]>(),
    payload: p.json<Record<string, unknown>>(),
    follows: p.uuid().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'id'] }],
  indexes: [
    { properties: ['workspaceId', 'occurred', 'seq'] },
    { properties: ['workspaceId', 'resourceId', 'occurred'] },
    {
      name: 'event_but_task_runs',
      properties: ['workspaceId', 'occurred', 'seq'],
      where: `substr("resource_id", 1, ${TASK_RUN.length}) <> '${TASK_RUN}'`,
    },
  ],
})
