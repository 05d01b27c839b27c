import { LockMode } from '@mikro-orm/core'
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
import { judgeEnd, quiet } from './storm.rules.ts'

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

/** Until then what matches is written to the deliveries as muted, and not sent: of the whole policy, or of one group of runs. Null ends it. */
export const muteNotificationPolicy = mutation('notification-policy.mute', {
  input: which.extend({ until: instantSchema.nullable(), groupKey: z.string().min(1).nullish() }),
  needs: 'notification-policy:write',
  async run(ctx, { id, until, groupKey }): Promise<NotificationPolicyRecord> {
    const policy = await findToChange(ctx, id)
    const before = groupKey ? await muteGroup(ctx, policy, { groupKey, until }) : policy.mutedUntil
    if (!groupKey) policy.mutedUntil = until
    const change = { before: before ?? null, until }
    const muted = { policyId: id, ...(groupKey && { groupKey }) }
    await ctx.em.flush()
    await releaseDigests(ctx, muted, change)
    await moveEnds(ctx, policy, muted)
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
    const policy = await findToChange(ctx, id)
    await removePolicies(ctx, [policy])
    return policy
  },
})

export const findNotificationPolicy = query('notification-policy.find', {
  input: which,
  needs: 'notification-policy:read',
  run: (ctx, { id }): Promise<NotificationPolicyRecord> => find(ctx, id),
})

/** Whoever queues by it meanwhile is waited for, and who comes later waits. */
const findToChange = (ctx: MutationCtx, id: string) => find(ctx, id, { lockMode: LockMode.PESSIMISTIC_WRITE })

async function find(ctx: Ctx, id: string, options = {}) {
  const policy = await ctx.em.findOne(NotificationPolicy, { id }, options)
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

interface Muted {
  readonly policyId: string
  readonly groupKey?: string
}

interface MuteChange {
  readonly before: Instant | null
  readonly until: Instant | null
}

/** Ends of trouble that nobody has tried to send yet go out when no mute is in their way. */
async function moveEnds(ctx: MutationCtx, policy: NotificationPolicyRecord, muted: Muted): Promise<void> {
  const now = ctx.clock.now()
  const waiting = { ...muted, kind: 'RESOLVE', status: 'PENDING', attemptCount: 0 } as const
  const ends = await ctx.em.find(NotificationDelivery, waiting, { fields: ['id', 'groupKey'], disableIdentityMap: true })
  if (ends.length === 0) return
  const groups = await ctx.em.find(NotificationGroup, { ...muted, mutedUntil: { $gt: now } })
  const mutedGroups = new Map(groups.map(group => [group.groupKey, group]))
  for (const [group = quiet, own] of Map.groupBy(ends, ({ groupKey }) => mutedGroups.get(groupKey)))
    await ctx.em.nativeUpdate(
      NotificationDelivery,
      { ...waiting, id: { $in: own.map(({ id }) => id) } },
      { dueAt: now, ...judgeEnd(policy, group, now) },
    )
}

/** Digests that were put off to the end of a mute need not wait for it when it ends earlier. */
async function releaseDigests(ctx: MutationCtx, muted: Muted, { before, until }: MuteChange): Promise<void> {
  if (before === null || (until !== null && until >= before)) return
  await ctx.em.nativeUpdate(NotificationGroup, { ...muted, digestDueAt: before }, { digestDueAt: ctx.clock.now() })
}
