export { AuditEntryEntity } from './audit-entry.entity.ts'
