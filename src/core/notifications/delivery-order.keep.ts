import type { MutationCtx } from '../../kernel/context.ts'
import { NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { hasEnd, hasWaited, isEnd, type Ordered, orderOf } from './delivery-order.rules.ts'
import { takeBack } from './incidents.ts'

const MOST_LOOKED_AT = 1000

/** Puts off what has been found due and must not go out before something else, and ends what is not to be told any more. Answers the ids of both. */
export async function keepOrder(ctx: MutationCtx, found: readonly NotificationDeliveryRecord[]): Promise<ReadonlySet<string>> {
  const now = ctx.clock.now()
  const takenBack = await takeBack(
    ctx,
    found.filter(one => isEnd(one) && hasWaited(one)),
  )
  const ordered = found.filter(one => hasEnd(one) && !takenBack.has(one.id))
  const onTheirWay = await sharing(ctx, ordered)
  const { waiting, overtaken } = orderOf(ordered, [...onTheirWay, ...(await toldByDigests(ctx, ordered.filter(isEnd)))], now)
  const change = (where: { readonly id: string; readonly status?: 'PENDING' }, to: Partial<NotificationDeliveryRecord>) =>
    ctx.em.nativeUpdate(NotificationDelivery, where, to, { filters: false })
  for (const [id, until] of waiting) await change({ id }, { status: 'PENDING', ...until })
  const end = { status: 'CANCELLED', settledAt: now } as const
  for (const [id, reason] of takenBack) await change({ id }, { ...end, reason })
  for (const [id, reason] of overtaken) await change({ id, status: 'PENDING' }, { ...end, reason })
  const changed = [
    ...found.filter(({ id, reason }) => takenBack.has(id) || (waiting.get(id)?.reason ?? reason) !== reason),
    ...onTheirWay.filter(({ id }) => overtaken.has(id)),
  ]
  for (const event of deliveriesChanged(ctx, changed)) ctx.emit(event)
  return new Set([...waiting.keys(), ...overtaken.keys(), ...takenBack.keys()])
}

const looked = ['id', 'workspaceId', 'kind', 'status', 'dueAt', 'channelId', 'dedupKey', 'stateTimestamp'] as const
const asTheyAre = { filters: false, disableIdentityMap: true, orderBy: { id: 'asc' }, limit: MOST_LOOKED_AT } as const
const status = { $in: ['PENDING', 'SENDING'] as const }

/** Those on their way that are told by the same keys, themselves among them. */
async function sharing(ctx: MutationCtx, ordered: readonly NotificationDeliveryRecord[]): Promise<NotificationDeliveryRecord[]> {
  if (ordered.length === 0) return []
  const where = { policyId: anyOf(ordered, 'policyId'), status, dedupKey: anyOf(ordered, 'dedupKey') }
  return (await ctx.em.find(NotificationDelivery, where, { ...asTheyAre, fields: [...looked] })) as unknown as NotificationDeliveryRecord[]
}

/** Digests on their way, as what they tell of the flows whose ends these are: of several flows, they stand under the key of one. */
async function toldByDigests(ctx: MutationCtx, ends: readonly NotificationDeliveryRecord[]): Promise<Ordered[]> {
  if (ends.length === 0) return []
  const where = { policyId: anyOf(ends, 'policyId'), channelId: anyOf(ends, 'channelId') }
  const found = await ctx.em.find(NotificationDelivery, { ...where, kind: 'DIGEST', status }, { ...asTheyAre, fields: [...looked] })
  const digests = new Map((found as unknown as NotificationDeliveryRecord[]).map(digest => [digest.id, digest]))
  if (digests.size === 0) return []
  const folded = await ctx.em.find(
    NotificationDelivery,
    { ...where, status: 'FOLDED', digestId: { $in: [...digests.keys()] }, dedupKey: anyOf(ends, 'dedupKey') },
    { ...asTheyAre, fields: ['digestId', 'dedupKey', 'stateTimestamp'] },
  )
  return folded.map(({ digestId, dedupKey, stateTimestamp }) => ({ ...digests.get(digestId!)!, dedupKey: dedupKey!, stateTimestamp }))
}

const anyOf = (all: readonly NotificationDeliveryRecord[], property: 'policyId' | 'channelId' | 'dedupKey') => ({
  $in: [...new Set(all.map(one => one[property]!))],
})
