import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import type { MutationCtx } from '../../kernel/context.ts'
import { atMost } from '../../kernel/filters.ts'
import { chore, query } from '../../kernel/operation.ts'
import { NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { MOST_ATTEMPTS } from './delivery.rules.ts'
import { composeDigest } from './digest.rules.ts'
import { NotificationGroup } from './notification-group.entity.ts'
import { NotificationPolicy } from './notification-policy.entity.ts'
import { placeOf } from './place.ts'
import { said, windowAt } from './storm.rules.ts'

const GROUPS_AT_ONCE = 5
const MOST_HELD = 20_000

/** Whether there is anything for `sendDigests` to do: a look that keeps no writer waiting. */
export const areDigestsDue = query('notification-delivery.digest-due', {
  input: z.object({}),
  needs: 'notification-delivery:read',
  run: async ({ house, clock }): Promise<boolean> =>
    (await house.storage.read.count({
      entity: NotificationGroup,
      workspaceId: null,
      where: atMost('digestDueAt', clock.now()),
      limit: 1,
    })) > 0,
})

/** Makes one delivery of all that was held for a group whose time has come: one for each channel. What was held says then where it is told. */
export const sendDigests = chore('notification-delivery.digest', {
  input: z.object({}),
  needs: 'notification-delivery:admin',
  async run(ctx): Promise<number> {
    const now = ctx.clock.now()
    const groups = await ctx.em.find(
      NotificationGroup,
      { digestDueAt: { $lte: now } },
      { filters: false, limit: GROUPS_AT_ONCE, orderBy: { digestDueAt: 'asc' }, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE },
    )
    let made = 0
    for (const group of groups) {
      const policy = await ctx.em.findOne(NotificationPolicy, { id: group.policyId }, { filters: false })
      const mutedUntil = Math.max(policy?.mutedUntil ?? 0, group.mutedUntil ?? 0)
      if (mutedUntil > now) {
        group.digestDueAt = mutedUntil
        continue
      }
      const digests = await foldGroup(ctx, group)
      made += digests.length
      Object.assign(group, said(policy ? windowAt(policy, group, now) : group, now))
    }
    return made
  },
})

async function foldGroup(
  ctx: MutationCtx,
  { policyId, groupKey }: { readonly policyId: string; readonly groupKey: string },
): Promise<NotificationDeliveryRecord[]> {
  const held = (await ctx.em.find(
    NotificationDelivery,
    { policyId, groupKey, status: 'HELD' },
    { filters: false, disableIdentityMap: true, orderBy: { id: 'asc' }, limit: MOST_HELD },
  )) as NotificationDeliveryRecord[]
  const digests = [...Map.groupBy(held, ({ channelId }) => channelId).values()].map(own => digestOf(ctx, own))
  if (digests.length === 0) return []
  await ctx.em.insertMany(NotificationDelivery, digests as never)
  for (const digest of digests)
    await ctx.em.nativeUpdate(
      NotificationDelivery,
      { policyId, groupKey, status: 'HELD', channelId: digest.channelId, id: { $lte: held.at(-1)!.id } },
      { status: 'FOLDED', digestId: digest.id, settledAt: ctx.clock.now() },
      { filters: false },
    )
  for (const event of deliveriesChanged(ctx, digests)) ctx.emit(event)
  return digests
}

function digestOf(ctx: MutationCtx, held: readonly NotificationDeliveryRecord[]): NotificationDeliveryRecord {
  const now = ctx.clock.now()
  return {
    ...held.at(-1)!,
    ...composeDigest(held, placeOf(ctx)),
    id: ctx.ids.uuid(),
    kind: 'DIGEST',
    status: 'PENDING',
    stateId: ctx.ids.uuid(),
    reason: null,
    attemptsLeft: MOST_ATTEMPTS,
    runCount: new Set(held.map(({ flowRunId }) => flowRunId)).size,
    dueAt: now,
    created: now,
    settledAt: null,
  }
}
