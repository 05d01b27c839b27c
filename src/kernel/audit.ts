import type { Instant } from './clock.ts'

/** Who did what, when: one row for each mutation, written in its transaction. For run transitions the state history, which names the actor, is the audit. */
export interface AuditEntry {
  readonly id: string
  readonly workspaceId: string
  readonly occurred: Instant
  readonly actorId: string
  readonly actorKind: string
  readonly actorName: string
  readonly operation: string
  /** The id of what was acted on, where there is one. */
  readonly subject: string | null
  readonly requestId: string | null
}
