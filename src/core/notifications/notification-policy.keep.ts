import { LockMode } from '@mikro-orm/core'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { NotificationDelivery } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { NotificationGroup, NotificationIncident } from './notification-group.entity.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyEvents } from './notification-policy.events.ts'
import type { PolicyParts } from './written-policy.ts'

type Kept = NotificationPolicyRecord & { -readonly [Key in keyof NotificationPolicyRecord]: NotificationPolicyRecord[Key] }

/** They tell of what happens from now on. Written as rows: hundreds of entities would keep all other writers waiting. */
export async function addPolicies(ctx: MutationCtx, all: readonly PolicyParts[]): Promise<NotificationPolicyRecord[]> {
  const now = ctx.clock.now()
  const own = { workspaceId: ctx.workspace.id, mutedUntil: null, activeSince: now, created: now, updated: now }
  const policies = all.map(parts => ({ id: ctx.ids.uuid(), ...parts, ...own }))
  if (policies.length > 0) await ctx.transaction.insertNew(NotificationPolicy, policies)
  for (const policy of policies) ctx.emit(policyEvents.created(ctx, policy))
  return policies
}

/** `policy` is an entity of the transaction. */
export function changePolicy(ctx: MutationCtx, policy: Kept, change: Partial<PolicyParts>): NotificationPolicyRecord {
  const now = ctx.clock.now()
  if (change.isActive && !policy.isActive) policy.activeSince = now
  Object.assign(policy, change, { updated: now })
  ctx.emit(policyEvents.updated(ctx, policy))
  return policy
}

/** What they have queued and not sent is cancelled; what was sent is kept. */
export async function removePolicies(ctx: MutationCtx, policies: readonly NotificationPolicyRecord[]): Promise<void> {
  if (policies.length === 0) return
  const policyId = { $in: policies.map(({ id }) => id) }
  // First, so that nothing is queued by them any more; and then in the order in which all others lock.
  await ctx.em.nativeDelete(NotificationPolicy, { id: policyId })
  await ctx.em.nativeDelete(NotificationGroup, { policyId })
  const waiting = { policyId, status: { $in: ['PENDING', 'HELD'] } } as const
  const cancelled = await ctx.em.find(NotificationDelivery, waiting, { fields: ['id', 'workspaceId'], disableIdentityMap: true })
  if (cancelled.length > 0) {
    const end = { status: 'CANCELLED', reason: 'Its policy was deleted.', settledAt: ctx.clock.now() } as const
    await ctx.em.nativeUpdate(NotificationDelivery, waiting, end)
    for (const event of deliveriesChanged(ctx, cancelled)) ctx.emit(event)
  }
  await ctx.em.nativeDelete(NotificationIncident, { policyId })
  for (const policy of policies) ctx.emit(policyEvents.deleted(ctx, policy))
}

/** Whoever queues by it meanwhile is waited for, and who comes later waits. */
export const findToChange = (ctx: MutationCtx, id: string) => findPolicy(ctx, id, { lockMode: LockMode.PESSIMISTIC_WRITE })

export async function findPolicy(ctx: Ctx, id: string, options = {}) {
  const policy = await ctx.em.findOne(NotificationPolicy, { id }, options)
  if (!policy) throw notFound('Notification policy', id)
  return policy
}
