import { seconds } from '../../kernel/clock.ts'
import type { MutationCtx } from '../../kernel/context.ts'
import { NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { hasEnd, orderOf } from './delivery-order.rules.ts'

const LOOK_AGAIN_SECONDS = 1
const MOST_LOOKED_AT = 1000

/** Puts off what has been found due and must not go out before something else, and ends what has been overtaken. Answers the ids of both. */
export async function keepOrder(ctx: MutationCtx, found: readonly NotificationDeliveryRecord[]): Promise<ReadonlySet<string>> {
  const ordered = found.filter(hasEnd)
  if (ordered.length === 0) return new Set()
  const onTheirWay = await sharing(ctx, ordered)
  const now = ctx.clock.now()
  const { waiting, overtaken } = orderOf(ordered, onTheirWay, now)
  const dueAt = now + seconds(LOOK_AGAIN_SECONDS)
  for (const [id, reason] of waiting)
    await ctx.em.nativeUpdate(NotificationDelivery, { id }, { status: 'PENDING', dueAt, reason }, { filters: false })
  for (const [id, reason] of overtaken)
    await ctx.em.nativeUpdate(
      NotificationDelivery,
      { id, status: 'PENDING' },
      { status: 'CANCELLED', reason, settledAt: now },
      { filters: false },
    )
  for (const event of deliveriesChanged(
    ctx,
    onTheirWay.filter(({ id }) => overtaken.has(id)),
  ))
    ctx.emit(event)
  return new Set([...waiting.keys(), ...overtaken.keys()])
}

const looked = ['id', 'workspaceId', 'kind', 'status', 'dueAt', 'channelId', 'dedupKey', 'stateTimestamp'] as const

/** Those on their way that are told by the same keys, themselves among them. */
const sharing = async (ctx: MutationCtx, ordered: readonly NotificationDeliveryRecord[]): Promise<NotificationDeliveryRecord[]> =>
  (await ctx.em.find(
    NotificationDelivery,
    {
      policyId: { $in: [...new Set(ordered.map(({ policyId }) => policyId))] },
      status: { $in: ['PENDING', 'SENDING'] },
      dedupKey: { $in: [...new Set(ordered.map(({ dedupKey }) => dedupKey!))] },
    },
    { filters: false, disableIdentityMap: true, fields: [...looked], orderBy: { id: 'asc' }, limit: MOST_LOOKED_AT },
  )) as unknown as NotificationDeliveryRecord[]
