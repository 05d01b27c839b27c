import { LockMode } from '@mikro-orm/core'
import type { MutationCtx } from '../../kernel/context.ts'
import { oneOf } from '../../kernel/filters.ts'
import type { Reader } from '../../kernel/storage.ts'
import type { NotificationDeliveryRecord } from './delivery.entity.ts'
import { hasEnd } from './delivery-order.rules.ts'
import { NotificationIncident } from './notification-group.entity.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import type { Match } from './occurrence.ts'

interface OfFlow {
  readonly policyId: string
  readonly flowId: string
}

/** Of policies that tell the end of trouble, and flows: `policy flow` of those whose trouble has not ended. */
export async function flowsInTrouble(read: Reader, of: readonly OfFlow[]): Promise<ReadonlySet<string>> {
  if (of.length === 0) return new Set()
  const found = await read.select({
    entity: NotificationIncident,
    workspaceId: null,
    where: [...oneOf('policyId', distinct(of, 'policyId')), ...oneOf('flowId', distinct(of, 'flowId'))],
    orderBy: [['id', 'asc']],
    limit: MOST_FOUND,
    properties: ['id', 'policyId', 'flowId'],
  })
  return new Set(found.map(({ policyId, flowId }) => `${policyId} ${flowId}`))
}

const MOST_FOUND = 10_000

/** Which flows are in trouble, of those that some matches are about, and who was told of it: to be changed in a transaction. */
export async function incidentsOf(ctx: MutationCtx, matches: readonly Match[]) {
  const asked = matches.filter(({ policy }) => policy.resolveOnCompletion)
  const found = await find(
    ctx,
    asked.map(({ policy, occurrence }) => ({ policyId: policy.id, flowId: occurrence.flowId })),
  )
  const incidents = new Map(found.map(incident => [keyOf(incident), incident]))
  return {
    /** A flow is in trouble, of which these channels are told now: none while it is held back. */
    note({ id: policyId, workspaceId, resolveOnCompletion }: NotificationPolicyRecord, flowId: string, channelIds: readonly string[]) {
      if (!resolveOnCompletion) return
      const key = keyOf({ policyId, flowId })
      const first = { id: ctx.ids.uuid(), workspaceId, policyId, flowId, openedAt: ctx.clock.now(), toldChannelIds: null }
      const incident = incidents.get(key) ?? ctx.em.create(NotificationIncident, first)
      incidents.set(key, incident)
      tell(incident, channelIds)
    },
    /** Its trouble is over. Answers the channels that are to hear of it: those that were told of the trouble. */
    end({ id: policyId, channelIds }: NotificationPolicyRecord, flowId: string): string[] {
      const key = keyOf({ policyId, flowId })
      const incident = incidents.get(key)
      if (!incident) return []
      incidents.delete(key)
      ctx.em.remove(incident)
      return channelIds.filter(id => incident.toldChannelIds?.includes(id))
    },
  }
}

type Told = Pick<NotificationDeliveryRecord, 'policyId' | 'flowId' | 'channelId' | 'dedupKey'>

/** What was held back goes out after all: its channel is to hear of the end. */
export async function noteTold(ctx: MutationCtx, told: Told): Promise<void> {
  if (!hasEnd(told)) return
  for (const incident of await find(ctx, [told])) tell(incident, [told.channelId])
}

const find = (ctx: MutationCtx, of: readonly OfFlow[]) =>
  of.length === 0
    ? Promise.resolve([])
    : ctx.em.find(
        NotificationIncident,
        { policyId: { $in: distinct(of, 'policyId') }, flowId: { $in: distinct(of, 'flowId') } },
        { filters: false, lockMode: LockMode.PESSIMISTIC_WRITE },
      )

function tell(incident: { toldChannelIds?: string[] | null | undefined }, channelIds: readonly string[]): void {
  if (channelIds.length > 0) incident.toldChannelIds = [...new Set([...(incident.toldChannelIds ?? []), ...channelIds])]
}

const keyOf = ({ policyId, flowId }: OfFlow): string => `${policyId} ${flowId}`

const distinct = (of: readonly OfFlow[], property: keyof OfFlow): string[] => [...new Set(of.map(one => one[property]))]
