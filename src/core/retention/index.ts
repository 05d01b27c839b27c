export { eventsMissingBefore, RETENTION_RESOURCE, type Swept } from './retention.events.ts'
export { type SweepAnswer, sweepRetention } from './retention.ops.ts'
export { expiredEntries, expiryAt, isExpiredRun } from './retention.rules.ts'
