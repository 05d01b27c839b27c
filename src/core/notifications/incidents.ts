import { LockMode } from '@mikro-orm/core'
import type { MutationCtx } from '../../kernel/context.ts'
import { oneOf } from '../../kernel/filters.ts'
import type { Reader } from '../../kernel/storage.ts'
import { BlockDocument } from '../blocks/index.ts'
import type { NotificationDeliveryRecord } from './delivery.entity.ts'
import { hasEnd } from './delivery-order.rules.ts'
import { timeText } from './message-variables.ts'
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
  const isAnyOver = asked.some(({ isCompletion }) => isCompletion)
  const missing = await deletedOf(ctx, isAnyOver ? found.flatMap(({ toldChannelIds }) => toldChannelIds ?? []) : [])
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
    /** Its trouble is over. Answers the channels that were told of the trouble, whether the policy still names them or not, and whether they are there still. */
    end({ id: policyId }: NotificationPolicyRecord, flowId: string): { readonly channelId: string; readonly isDeleted: boolean }[] {
      const key = keyOf({ policyId, flowId })
      const incident = incidents.get(key)
      if (!incident) return []
      incidents.delete(key)
      ctx.em.remove(incident)
      return (incident.toldChannelIds ?? []).map(channelId => ({ channelId, isDeleted: missing.has(channelId) }))
    },
  }
}

type Told = Pick<NotificationDeliveryRecord, 'policyId' | 'flowId' | 'dedupKey'>

/** What one policy held back goes out after all: the channel is to hear of the end of each. */
export async function noteTold(ctx: MutationCtx, channelId: string, told: readonly Told[]): Promise<void> {
  for (const incident of await find(ctx, told.filter(hasEnd))) tell(incident, [channelId])
}

type End = Pick<NotificationDeliveryRecord, 'id' | 'policyId' | 'flowId' | 'channelId'>

/** Of ends that waited, those of flows that are in trouble again, each with why it is none: their channels are to hear of the end of that. */
export async function takeBack(ctx: MutationCtx, ends: readonly End[]): Promise<ReadonlyMap<string, string>> {
  const incidents = new Map((await find(ctx, ends)).map(incident => [keyOf(incident), incident]))
  const takenBack = new Map<string, string>()
  for (const end of ends) {
    const incident = incidents.get(keyOf(end))
    if (!incident) continue
    tell(incident, [end.channelId])
    const since = timeText(incident.openedAt, 'UTC')
    takenBack.set(end.id, `The flow is in trouble again, since ${since}: its end is told instead of this one.`)
  }
  return takenBack
}

/** Of channels, those whose blocks are there no more. */
async function deletedOf(ctx: MutationCtx, channelIds: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = new Set(channelIds)
  if (ids.size === 0) return ids
  const there = await ctx.em.find(BlockDocument, { id: { $in: [...ids] } }, { filters: false, fields: ['id'], disableIdentityMap: true })
  return ids.difference(new Set(there.map(({ id }) => id)))
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
