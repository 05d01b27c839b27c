import { type Instant, parseInstant, toIso } from '../../kernel/clock.ts'
import type { CommandEnv } from '../../kernel/context.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import { product } from '../../kernel/product.ts'
import type { Expiry } from '../orchestration/index.ts'

export interface Swept {
  readonly flowRuns: number
  /** Of no flow run: the others go with theirs. */
  readonly taskRuns: number
  readonly logLines: number
  readonly events: number
}

export const RETENTION_RESOURCE = `${product.name}.retention`

/** Something was deleted for its age: one event for each workspace and transaction, not one for each run. */
export const swept = ({ ids, now }: Pick<CommandEnv, 'ids' | 'now'>, workspaceId: string, what: Swept, expiry: Expiry): EventDraft => ({
  id: ids.uuid(),
  workspaceId,
  occurred: now,
  received: now,
  event: 'retention.swept',
  resource: { 'prefect.resource.id': RETENTION_RESOURCE, 'prefect.resource.name': 'retention' },
  related: [],
  payload: { ...what, before: { runs: text(expiry.runs), events: text(expiry.events), lines: text(expiry.lines) } },
  follows: null,
})

/** Events received before that moment may have been deleted; undefined when the event is no such news. */
export function eventsMissingBefore({ event, payload }: Pick<EventDraft, 'event' | 'payload'>): Instant | undefined {
  const before = (payload['before'] as { events?: unknown } | undefined)?.events
  return event === 'retention.swept' && typeof before === 'string' ? parseInstant(before) : undefined
}

const text = (before: Instant | null): string | null => (before === null ? null : toIso(before))
