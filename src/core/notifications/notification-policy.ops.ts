import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { invalidAt, notFound } from '../../kernel/errors.ts'
import { instantSchema, present, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { blockDocumentsByIds, blockTypesByIds } from '../blocks/index.ts'
import { isChannelKind } from '../channels/index.ts'
import { NotificationDelivery } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { NotificationGroup, NotificationIncident } from './notification-group.entity.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyEvents } from './notification-policy.events.ts'
import { policyChange, policyInput } from './notification-policy.inputs.ts'
import { quiet } from './storm.rules.ts'

const which = z.object({ id: uuid })

/** NOT_FOUND when one of the channels is not there; INVALID when a block is none. */
export const createNotificationPolicy = mutation('notification-policy.create', {
  input: policyInput.extend({ isActive: z.boolean().default(true) }),
  needs: 'notification-policy:write',
  async run(ctx, input): Promise<NotificationPolicyRecord> {
    await refuseNoChannels(ctx, input.channelIds)
    const now = ctx.clock.now()
    const policy = ctx.em.create(NotificationPolicy, {
      id: ctx.ids.uuid(),
      workspaceId: ctx.workspace.id,
      ...input,
      mutedUntil: null,
      activeSince: now,
      created: now,
      updated: now,
    })
    ctx.emit(policyEvents.created(ctx, policy))
    return policy
  },
})

export const updateNotificationPolicy = mutation('notification-policy.update', {
  input: which.extend({ change: policyChange.extend({ isActive: z.boolean().optional() }) }),
  needs: 'notification-policy:write',
  async run(ctx, { id, change }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
    if (change.channelIds) await refuseNoChannels(ctx, change.channelIds)
    const now = ctx.clock.now()
    if (change.isActive && !policy.isActive) policy.activeSince = now
    Object.assign(policy, present(change), { updated: now })
    ctx.emit(policyEvents.updated(ctx, policy))
    return policy
  },
})

/** A paused policy queues nothing; what is queued already is sent. */
export const pauseNotificationPolicy = mutation('notification-policy.pause', {
  input: which,
  needs: 'notification-policy:write',
  async run(ctx, { id }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
    if (!policy.isActive) return policy
    policy.isActive = false
    policy.updated = ctx.clock.now()
    ctx.emit(policyEvents.paused(ctx, policy))
    return policy
  },
})

/** What runs entered while it was paused stays untold. */
export const resumeNotificationPolicy = mutation('notification-policy.resume', {
  input: which,
  needs: 'notification-policy:write',
  async run(ctx, { id }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
    if (policy.isActive) return policy
    const now = ctx.clock.now()
    Object.assign(policy, { isActive: true, activeSince: now, updated: now })
    ctx.emit(policyEvents.resumed(ctx, policy))
    return policy
  },
})

/** Until then what matches is written to the deliveries as muted, and not sent: of the whole policy, or of one group of runs. Null ends it. */
export const muteNotificationPolicy = mutation('notification-policy.mute', {
  input: which.extend({ until: instantSchema.nullable(), groupKey: z.string().min(1).nullish() }),
  needs: 'notification-policy:write',
  async run(ctx, { id, until, groupKey }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
    if (groupKey) await muteGroup(ctx, policy, { groupKey, until })
    else policy.mutedUntil = until
    policy.updated = ctx.clock.now()
    ctx.emit(policyEvents.muted(ctx, policy))
    return policy
  },
})

/** What it has queued and not sent is cancelled; what was sent is kept. */
export const deleteNotificationPolicy = mutation('notification-policy.delete', {
  input: which,
  needs: 'notification-policy:write',
  async run(ctx, { id }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
    await cancelDeliveriesOf(ctx, policy)
    ctx.em.remove(policy)
    ctx.emit(policyEvents.deleted(ctx, policy))
    return policy
  },
})

export const findNotificationPolicy = query('notification-policy.find', {
  input: which,
  needs: 'notification-policy:read',
  run: (ctx, { id }): Promise<NotificationPolicyRecord> => find(ctx, id),
})

async function find(ctx: Ctx, id: string) {
  const policy = await ctx.em.findOne(NotificationPolicy, { id })
  if (!policy) throw notFound('Notification policy', id)
  return policy
}

async function muteGroup(
  ctx: MutationCtx,
  { id: policyId, workspaceId }: NotificationPolicyRecord,
  { groupKey, until }: { readonly groupKey: string; readonly until: Instant | null },
): Promise<void> {
  const group = await ctx.em.findOne(NotificationGroup, { policyId, groupKey })
  if (group) group.mutedUntil = until
  else ctx.em.create(NotificationGroup, { id: ctx.ids.uuid(), workspaceId, policyId, groupKey, ...quiet, mutedUntil: until })
}

async function cancelDeliveriesOf(ctx: MutationCtx, { id: policyId }: NotificationPolicyRecord): Promise<void> {
  const waiting = { policyId, status: { $in: ['PENDING', 'HELD'] } } as const
  const cancelled = await ctx.em.find(NotificationDelivery, waiting, { fields: ['id', 'workspaceId'], disableIdentityMap: true })
  if (cancelled.length > 0) {
    const end = { status: 'CANCELLED', reason: 'Its policy was deleted.', settledAt: ctx.clock.now() } as const
    await ctx.em.nativeUpdate(NotificationDelivery, waiting, end)
    for (const event of deliveriesChanged(ctx, cancelled)) ctx.emit(event)
  }
  await ctx.em.nativeDelete(NotificationGroup, { policyId })
  await ctx.em.nativeDelete(NotificationIncident, { policyId })
}

async function refuseNoChannels(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const documents = await blockDocumentsByIds(ctx, { ids: [...ids] })
  const missing = documents.indexOf(undefined)
  if (missing >= 0) throw notFound('Block document', ids[missing]!)
  const types = await blockTypesByIds(ctx, { ids: documents.map(document => document!.blockTypeId as string) })
  const mute = types.findIndex(type => !isChannelKind(type?.slug ?? ''))
  if (mute >= 0) throw invalidAt(['channelIds', mute], `is a block of the type ${types[mute]?.slug}, which sends no notifications`)
}
