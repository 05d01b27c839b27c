import type { Clock } from '../../kernel/clock.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'

const PREFIX = 'notification-policy.'

/** The peer has no such events: the names are our own. */
const event =
  (verb: 'created' | 'updated' | 'paused' | 'resumed' | 'muted' | 'deleted') =>
  (
    { ids, clock }: { readonly ids: Ids; readonly clock: Clock },
    { id, workspaceId, name }: Pick<NotificationPolicyRecord, 'id' | 'workspaceId' | 'name'>,
  ): EventDraft => {
    const now = clock.now()
    return {
      id: ids.uuid(),
      workspaceId,
      occurred: now,
      received: now,
      event: PREFIX + verb,
      resource: { 'prefect.resource.id': PREFIX + id, 'prefect.resource.name': name ?? id },
      related: [],
      payload: {},
      follows: null,
    }
  }

export const policyEvents = {
  created: event('created'),
  updated: event('updated'),
  paused: event('paused'),
  resumed: event('resumed'),
  muted: event('muted'),
  deleted: event('deleted'),
} as const

/** Whether policies are not what they were before it. */
export const changesPolicies = ({ event, resource }: Pick<EventDraft, 'event' | 'resource'>): boolean =>
  event.startsWith(PREFIX) && (resource['prefect.resource.id'] ?? '').startsWith(PREFIX)

export const changesMute = ({ event }: Pick<EventDraft, 'event'>): boolean => event === `${PREFIX}muted`
