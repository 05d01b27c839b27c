import { defineEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'

/** Who did what, when. Written by the kernel's tail only. */
export const AuditEntryEntity = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    occurred: instant(),
    actorId: p.text(),
    actorKind: p.text(),
    actorName: p.text(),
    operation: p.text(),
    subject: p.text().nullable(),
    requestId: p.text().nullable(),
  },
  indexes: [{ properties: ['workspaceId', 'occurred', 'id'] }],
})
