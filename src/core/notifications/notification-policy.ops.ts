import { z } from 'zod'
import { present, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyEvents } from './notification-policy.events.ts'
import { policyChange, policyInput } from './notification-policy.inputs.ts'
import { addPolicies, changePolicy, findPolicy, findToChange, removePolicies } from './notification-policy.keep.ts'
import { areChosenTwice, CHOSEN_TWICE, channelChoices, channelIdsFrom, isAnyChosen, NONE_CHOSEN } from './policy-channels.ts'

const which = z.object({ id: uuid })

/** NOT_FOUND when one of the channels is not there; INVALID when a block is none. What is to be made of them is made in the same transaction. */
export const createNotificationPolicy = mutation('notification-policy.create', {
  input: policyInput
    .extend({ ...channelChoices, isActive: z.boolean().default(true) })
    .refine(isAnyChosen, NONE_CHOSEN)
    .refine(input => !areChosenTwice(input), CHOSEN_TWICE),
  needs: 'notification-policy:write',
  async run(ctx, { channels, channelIds, ...parts }): Promise<NotificationPolicyRecord> {
    const [policy] = await addPolicies(ctx, [{ ...parts, channelIds: (await channelIdsFrom(ctx, { channels, channelIds }))! }])
    return policy!
  },
})

export const updateNotificationPolicy = mutation('notification-policy.update', {
  input: which.extend({
    change: policyChange
      .extend({ ...channelChoices, isActive: z.boolean().optional() })
      .refine(input => !areChosenTwice(input), CHOSEN_TWICE),
  }),
  needs: 'notification-policy:write',
  async run(ctx, { id, change: { channels, channelIds, ...change } }): Promise<NotificationPolicyRecord> {
    const policy = await findToChange(ctx, id)
    return changePolicy(ctx, policy, present({ ...change, channelIds: await channelIdsFrom(ctx, { channels, channelIds }) }))
  },
})

/** A paused policy queues nothing; what is queued already is sent. */
export const pauseNotificationPolicy = mutation('notification-policy.pause', {
  input: which,
  needs: 'notification-policy:write',
  async run(ctx, { id }): Promise<NotificationPolicyRecord> {
    const policy = await findToChange(ctx, id)
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
    const policy = await findToChange(ctx, id)
    if (policy.isActive) return policy
    const now = ctx.clock.now()
    Object.assign(policy, { isActive: true, activeSince: now, updated: now })
    ctx.emit(policyEvents.resumed(ctx, policy))
    return policy
  },
})

/** What it has queued and not sent is cancelled; what was sent is kept. */
export const deleteNotificationPolicy = mutation('notification-policy.delete', {
  input: which,
  needs: 'notification-policy:write',
  async run(ctx, { id }): Promise<NotificationPolicyRecord> {
    const policy = await findToChange(ctx, id)
    await removePolicies(ctx, [policy])
    return policy
  },
})

export const findNotificationPolicy = query('notification-policy.find', {
  input: which,
  needs: 'notification-policy:read',
  run: (ctx, { id }): Promise<NotificationPolicyRecord> => findPolicy(ctx, id),
})
