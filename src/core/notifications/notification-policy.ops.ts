import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { instantSchema, present, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyEvents } from './notification-policy.events.ts'
import { policyChange, policyInput } from './notification-policy.inputs.ts'

const which = z.object({ id: uuid })

export const createNotificationPolicy = mutation('notification-policy.create', {
  input: policyInput.extend({ isActive: z.boolean().default(true) }),
  needs: 'notification-policy:write',
  async run(ctx, input): Promise<NotificationPolicyRecord> {
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
  input: which.extend({ change: policyChange }),
  needs: 'notification-policy:write',
  async run(ctx, { id, change }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
    Object.assign(policy, present(change), { updated: ctx.clock.now() })
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

/** Until then what matches is written to the deliveries as muted, and not sent. Null ends it. */
export const muteNotificationPolicy = mutation('notification-policy.mute', {
  input: which.extend({ until: instantSchema.nullable() }),
  needs: 'notification-policy:write',
  async run(ctx, { id, until }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
    policy.mutedUntil = until
    policy.updated = ctx.clock.now()
    ctx.emit(policyEvents.muted(ctx, policy))
    return policy
  },
})

export const deleteNotificationPolicy = mutation('notification-policy.delete', {
  input: which,
  needs: 'notification-policy:write',
  async run(ctx, { id }): Promise<NotificationPolicyRecord> {
    const policy = await find(ctx, id)
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
