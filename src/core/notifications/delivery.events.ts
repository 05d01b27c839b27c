import type { Clock } from '../../kernel/clock.ts'
import type { EventDraft, LogEvent } from '../../kernel/event-log.ts'
import type { Ids } from '../../kernel/ids.ts'
import { changesMute } from './notification-policy.events.ts'

const NAME = 'notification-delivery.changed'

interface Told {
  readonly id: string
  readonly workspaceId: string
}

/** Deliveries were queued, sent or given up: one event for all of a transaction, and a workspace. `areDue`: somebody waits for them to be sent. */
export const deliveriesChanged = (
  { ids, clock }: { readonly ids: Ids; readonly clock: Clock },
  deliveries: readonly Told[],
  areDue = false,
): EventDraft[] =>
  [...Map.groupBy(deliveries, ({ workspaceId }) => workspaceId)].map(([workspaceId, own]) => {
    const now = clock.now()
    return {
      id: ids.uuid(),
      workspaceId,
      occurred: now,
      received: now,
      event: NAME,
      resource: { 'prefect.resource.id': 'notification-deliveries', 'prefect.resource.name': 'notification deliveries' },
      related: [],
      payload: { delivery_ids: own.map(({ id }) => id), ...(areDue && { are_due: true }) },
      follows: null,
    }
  })

/** Whether there is something to be sent that no follower has queued: sent again, or let go by a mute that has ended. */
export const asksForSending = (event: Pick<LogEvent, 'event' | 'payload'>): boolean =>
  (event.event === NAME && event.payload['are_due'] === true) || changesMute(event)

/** Of which deliveries an event tells; none when it tells of something else. */
export const changedDeliveriesOf = ({ event, payload }: LogEvent): readonly string[] =>
  event === NAME && Array.isArray(payload['delivery_ids']) ? (payload['delivery_ids'] as string[]) : []
