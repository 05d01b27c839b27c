import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { instantSchema, present, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { NotificationDelivery } from './delivery.entity.ts'
import { NotificationGroup } from './notification-group.entity.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyEvents } from './notification-policy.events.ts'
import { policyChange, policyInput } from './notification-policy.inputs.ts'
import { addPolicies, changePolicy, removePolicies } from './notification-policy.keep.ts'
import { areChosenTwice, CHOSEN_TWICE, channelChoices, channelIdsFrom, isAnyChosen, NONE_CHOSEN } from './policy-channels.ts'
import { quiet } from './storm.rules.ts'

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
    const policy = await find(ctx, id)
    return changePolicy(ctx, policy, present({ ...change, channelIds: await channelIdsFrom(ctx, { channels, channelIds }) }))
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
    const before = groupKey ? await muteGroup(ctx, policy, { groupKey, until }) : policy.mutedUntil
    if (!groupKey) policy.mutedUntil = until
    const change = { before: before ?? null, until }
    await releaseDigests(ctx, { policyId: id, ...(groupKey && { groupKey }) }, change)
    if (!groupKey) await moveEnds(ctx, id, change)
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
    await removePolicies(ctx, [policy])
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

/** Answers until when it was muted before. */
async function muteGroup(
  ctx: MutationCtx,
  { id: policyId, workspaceId }: NotificationPolicyRecord,
  { groupKey, until }: { readonly groupKey: string; readonly until: Instant | null },
): Promise<Instant | null | undefined> {
  const group = await ctx.em.findOne(NotificationGroup, { policyId, groupKey })
  const before = group?.mutedUntil
  if (group) group.mutedUntil = until
  else ctx.em.create(NotificationGroup, { id: ctx.ids.uuid(), workspaceId, policyId, groupKey, ...quiet, mutedUntil: until })
  return before
}

interface MuteChange {
  readonly before: Instant | null
  readonly until: Instant | null
}

/** Ends of trouble that wait for the end of a mute. */
async function moveEnds(ctx: MutationCtx, policyId: string, { before, until }: MuteChange): Promise<void> {
  if (before === null || before === until) return
  await ctx.em.nativeUpdate(
    NotificationDelivery,
    { policyId, kind: 'RESOLVE', status: 'PENDING', attemptCount: 0, dueAt: before },
    { dueAt: Math.max(until ?? 0, ctx.clock.now()) },
  )
}

/** Digests that were put off to the end of a mute need not wait for it when it ends earlier. */
async function releaseDigests(
  ctx: MutationCtx,
  groups: { readonly policyId: string; readonly groupKey?: string },
  { before, until }: MuteChange,
): Promise<void> {
  if (before === null || (until !== null && until >= before)) return
  await ctx.em.flush()
  await ctx.em.nativeUpdate(NotificationGroup, { ...groups, digestDueAt: before }, { digestDueAt: ctx.clock.now() })
}
