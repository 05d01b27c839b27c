import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { MutationCtx } from '../../kernel/context.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'
import { mutation } from '../../kernel/operation.ts'
import { NotificationDelivery } from './delivery.entity.ts'
import { NotificationGroup } from './notification-group.entity.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyEvents } from './notification-policy.events.ts'
import { findToChange } from './notification-policy.keep.ts'
import { judgeEnd, quiet } from './storm.rules.ts'

/** Until then what matches is written to the deliveries as muted, and not sent: of the whole policy, or of one group of runs. Null ends it. */
export const muteNotificationPolicy = mutation('notification-policy.mute', {
  input: z.object({ id: uuid, until: instantSchema.nullable(), groupKey: z.string().min(1).nullish() }),
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
