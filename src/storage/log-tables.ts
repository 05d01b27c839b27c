import { EventEntity } from '../core/events/index.ts'
import { LogLineEntity } from '../core/logs/index.ts'
import type { LogName, Query } from '../kernel/storage.ts'

/** The tables that are logs: numbered in commit order. */
export const logEntity = { events: EventEntity, logs: LogLineEntity } as const

/** An entry as it was published: without what is stored beside it for look-ups. */
const properties = {
  events: Object.keys(EventEntity.meta.properties).filter(name => name !== 'resourceId'),
  logs: Object.keys(LogLineEntity.meta.properties),
} as const

export const entriesAfter = (log: LogName, after: number, limit: number): Query => ({
  entity: logEntity[log],
  workspaceId: null,
  where: [{ is: 'atLeast', property: 'seq', value: after + 1 }],
  orderBy: [['seq', 'asc']],
  limit,
  properties: properties[log],
})
