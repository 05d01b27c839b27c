import type { Instant } from './clock.ts'

/** A fact that happened, before it has its place in the log. Names and labels follow the peer's where it has the event. */
export interface EventDraft {
  /** Unique in its workspace: an event received twice is stored once. */
  readonly id: string
  readonly workspaceId: string
  readonly occurred: Instant
  readonly received: Instant
  readonly event: string
  readonly resource: Labels
  readonly related: readonly Labels[]
  readonly payload: Readonly<Record<string, unknown>>
  readonly follows: string | null
}

export type Labels = Readonly<Record<string, string>>

export interface LogEvent extends EventDraft {
  readonly seq: number
}

export const resourceIdOf = (event: Pick<EventDraft, 'resource'>): string => event.resource['prefect.resource.id'] ?? ''
