import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import type { MutationCtx } from '../../kernel/context.ts'
import { oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { chore } from '../../kernel/operation.ts'
import { FlowRun, FlowRunState } from '../flow-runs/index.ts'
import { moveInside } from '../followers/index.ts'
import { NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { newDelivery } from './delivery.rules.ts'
import { incidentsOf } from './incidents.ts'
import { NotificationGroup } from './notification-group.entity.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { type Match, matchOf } from './occurrence.ts'
import { type GroupMemory, groupKeyOf, judgeEnd, judgeStorm, quiet } from './storm.rules.ts'

/** The follower of the event log that fills the outbox. */
export const NOTIFIER = 'notifier'

const MOST_POLICIES = 10_000

/** Those at work, of all workspaces. */
export const activePolicies = chore('notification-policy.active', {
  input: z.object({}),
  needs: 'notification-policy:admin',
  run: async ({ transaction }) =>
    (await transaction.read.select({
      entity: NotificationPolicy,
      workspaceId: null,
      where: oneOf('isActive', [true]),
      orderBy: [['id', 'asc']],
      limit: MOST_POLICIES,
    })) as unknown as readonly NotificationPolicyRecord[],
})

/**
 * Queues what a stretch of the log asks for, and says that the stretch is dealt with: both in one transaction, so that each delivery is queued once,
 * whatever happens to the servers. CONFLICT when another server has gone on from `from`.
 */
export const queueDeliveries = chore('notification-delivery.queue', {
  input: z.object({ holder: uuid, from: z.int(), to: z.int(), matches: z.custom<readonly Match[]>(Array.isArray) }),
  needs: 'notification-delivery:admin',
  async run(ctx, { holder, from, to, matches }): Promise<number> {
    await moveInside(ctx, { name: NOTIFIER, holder, from, to })
    const real = await confirmed(ctx, await asTheyAre(ctx, matches))
    const rows = await queued(ctx, real)
    if (rows.length === 0) return 0
    await ctx.em.flush()
    // A place of a database that was put back may ask for what is there already.
    await ctx.transaction.insertNew(NotificationDelivery, rows)
    for (const event of deliveriesChanged(ctx, rows)) ctx.emit(event)
    return rows.length
  },
})

/** By the policies as they are by now, until this is done: one that was changed since the matches were found asks for something else, or for nothing. */
async function asTheyAre(ctx: MutationCtx, matches: readonly Match[]): Promise<Match[]> {
  if (matches.length === 0) return []
  const found = await ctx.em.find(
    NotificationPolicy,
    { id: { $in: [...new Set(matches.map(({ policy }) => policy.id))] }, isActive: true },
    { filters: false, disableIdentityMap: true, orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_READ },
  )
  const policies = new Map(found.map(policy => [policy.id, policy as NotificationPolicyRecord]))
  return matches.flatMap(({ policy: { id }, occurrence }) => (policies.has(id) && matchOf(policies.get(id)!, occurrence)) || [])
}

/** Events can be sent by anybody: only a state that is stored was entered. The log does not tell deployments either. */
async function confirmed({ transaction: { read } }: MutationCtx, matches: readonly Match[]): Promise<Match[]> {
  if (matches.length === 0) return []
  const look = async (entity: typeof FlowRun | typeof FlowRunState, ids: readonly string[], property: string) => {
    const wanted = [...new Set(ids)]
    const where = oneOf('id', wanted)
    const rows = await read.select({
      entity,
      workspaceId: null,
      where,
      orderBy: [['id', 'asc']],
      limit: wanted.length,
      properties: ['id', property],
    })
    return new Map(rows.map(row => [row['id'] as string, row[property] as string | null]))
  }
  const states = await look(
    FlowRunState,
    matches.map(({ occurrence }) => occurrence.stateId),
    'flowRunId',
  )
  const deployments = await look(
    FlowRun,
    matches.map(({ occurrence }) => occurrence.flowRunId),
    'deploymentId',
  )
  return matches
    .filter(({ occurrence: { stateId, flowRunId } }) => states.get(stateId) === flowRunId)
    .map(match => ({
      ...match,
      occurrence: { ...match.occurrence, deploymentId: deployments.get(match.occurrence.flowRunId) ?? null },
    }))
    .filter(
      ({ policy: { deploymentIds }, occurrence: { deploymentId } }) =>
        deploymentIds.length === 0 || (deploymentId !== null && deploymentIds.includes(deploymentId)),
    )
}

/** In the order of what happened: trouble is told or held back, and a flow that completes ends what was told of it. */
async function queued(ctx: MutationCtx, matches: readonly Match[]): Promise<NotificationDeliveryRecord[]> {
  const keyed = matches.map(match => ({ ...match, groupKey: groupKeyOf(match.policy, match.occurrence) }))
  const groups = await groupsOf(ctx, keyed)
  const incidents = await incidentsOf(ctx, matches)
  const now = ctx.clock.now()
  return keyed.flatMap(({ policy, occurrence, groupKey, isAsked, isCompletion }) => {
    const about = { policy, occurrence, groupKey }
    const ended = isCompletion ? incidents.end(policy, occurrence.flowId) : []
    const ends = ended.map(({ channelId, isDeleted }) =>
      newDelivery(ctx, { kind: 'RESOLVE', ...about, channelId, ...(isDeleted ? untellable : judgeEnd(policy, groups.find(about), now)) }),
    )
    const channelIds = isAsked ? policy.channelIds.filter(id => !ended.some(({ channelId }) => channelId === id)) : []
    if (channelIds.length === 0) return ends
    const group = groupKey === null ? undefined : groups.take(policy, groupKey)
    const { memory, ...verdict } = judgeStorm(policy, group ?? quiet, now)
    if (group) Object.assign(group, memory)
    if (!isCompletion) incidents.note(policy, occurrence.flowId, verdict.status === 'PENDING' ? channelIds : [])
    return [...ends, ...channelIds.map(channelId => newDelivery(ctx, { kind: 'ALERT', ...about, channelId, ...verdict }))]
  })
}

const untellable = { status: 'CANCELLED', reason: 'The channel was deleted: it cannot hear that the trouble is over.' } as const

interface OfGroup {
  readonly policy: NotificationPolicyRecord
  readonly groupKey: string | null
}

async function groupsOf(ctx: MutationCtx, keyed: readonly OfGroup[]) {
  const grouped = keyed.filter(({ groupKey }) => groupKey !== null)
  const found =
    grouped.length === 0
      ? []
      : await ctx.em.find(
          NotificationGroup,
          {
            policyId: { $in: [...new Set(grouped.map(({ policy }) => policy.id))] },
            groupKey: { $in: [...new Set(grouped.map(({ groupKey }) => groupKey!))] },
          },
          { filters: false, lockMode: LockMode.PESSIMISTIC_WRITE },
        )
  const known = new Map(found.map(group => [`${group.policyId} ${group.groupKey}`, group]))
  return {
    find: ({ policy, groupKey }: OfGroup): GroupMemory => known.get(`${policy.id} ${groupKey}`) ?? quiet,
    take({ id: policyId, workspaceId }: NotificationPolicyRecord, groupKey: string) {
      const key = `${policyId} ${groupKey}`
      const group = known.get(key) ?? ctx.em.create(NotificationGroup, { id: ctx.ids.uuid(), workspaceId, policyId, groupKey, ...quiet })
      known.set(key, group)
      return group
    },
  }
}
