import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import { seconds } from '../../kernel/clock.ts'
import type { MutationCtx } from '../../kernel/context.ts'
import { atLeast, atMost, oneOf } from '../../kernel/filters.ts'
import { chore, query } from '../../kernel/operation.ts'
import type { Reader } from '../../kernel/storage.ts'
import { NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { MOST_ATTEMPTS } from './delivery.rules.ts'
import { hasEnd } from './delivery-order.rules.ts'
import { composeDigest } from './digest.rules.ts'
import { flowsInTrouble, noteTold } from './incidents.ts'
import { NotificationGroup, type NotificationGroupRecord } from './notification-group.entity.ts'
import { NotificationPolicy } from './notification-policy.entity.ts'
import { placeOf } from './place.ts'
import { mutedUntilOf, said, windowAt } from './storm.rules.ts'

const ROWS_AT_ONCE = 500

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

/**
 * Makes one delivery of all that was held for a group whose time has come: one for each channel. What was held says then where it is told. In steps, so that
 * a storm of thousands keeps no writer waiting: until the last, the digest is held itself, and whoever comes next goes on with it. Ask again while `isDone` is false.
 */
export const sendDigests = chore('notification-delivery.digest', {
  input: z.object({}),
  needs: 'notification-delivery:admin',
  async run(ctx): Promise<{ readonly made: number; readonly isDone: boolean }> {
    const now = ctx.clock.now()
    const group = await ctx.em.findOne(
      NotificationGroup,
      { digestDueAt: { $lte: now } },
      { filters: false, orderBy: { digestDueAt: 'asc' }, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE },
    )
    if (!group) return { made: 0, isDone: true }
    const policy = await ctx.em.findOne(NotificationPolicy, { id: group.policyId }, { filters: false })
    const mutedUntil = mutedUntilOf(policy, group)
    if (mutedUntil > now) {
      group.digestDueAt = mutedUntil
      return { made: 0, isDone: false }
    }
    if (!(await foldSome(ctx, group))) return { made: 0, isDone: false }
    const digests = await openDigests(ctx, group)
    for (const digest of digests) await finish(ctx, digest)
    Object.assign(group, digests.length > 0 ? said(policy ? windowAt(policy, group, now) : group, now) : { digestDueAt: null })
    for (const event of deliveriesChanged(ctx, digests)) ctx.emit(event)
    return { made: digests.length, isDone: false }
  },
})

type Group = Pick<NotificationGroupRecord, 'policyId' | 'groupKey'>

/** Those that are still being gathered. */
const openDigests = async (ctx: MutationCtx, { policyId, groupKey }: Group): Promise<NotificationDeliveryRecord[]> =>
  (await ctx.em.find(
    NotificationDelivery,
    { policyId, groupKey, status: 'HELD', kind: 'DIGEST' },
    { filters: false, disableIdentityMap: true },
  )) as NotificationDeliveryRecord[]

/** Folds some of what is held into the digests of its channels. Answers whether nothing is left. */
async function foldSome(ctx: MutationCtx, group: Group): Promise<boolean> {
  const { policyId, groupKey } = group
  const held = (await ctx.em.find(
    NotificationDelivery,
    { policyId, groupKey, status: 'HELD', kind: { $ne: 'DIGEST' } },
    { filters: false, disableIdentityMap: true, orderBy: { id: 'asc' }, limit: ROWS_AT_ONCE },
  )) as NotificationDeliveryRecord[]
  const digests = new Map((await openDigests(ctx, group)).map(({ channelId, id }) => [channelId, id]))
  for (const [channelId, own] of Map.groupBy(held, one => one.channelId)) {
    const digestId = digests.get(channelId) ?? (await openDigest(ctx, own.at(-1)!))
    await ctx.em.nativeUpdate(
      NotificationDelivery,
      { id: { $in: own.map(({ id }) => id) } },
      { status: 'FOLDED', digestId, settledAt: ctx.clock.now() },
      { filters: false },
    )
  }
  return held.length < ROWS_AT_ONCE
}

async function openDigest(ctx: MutationCtx, newest: NotificationDeliveryRecord): Promise<string> {
  const [id, now] = [ctx.ids.uuid(), ctx.clock.now()]
  const digest = {
    ...newest,
    id,
    kind: 'DIGEST',
    stateId: ctx.ids.uuid(),
    reason: 'It is being gathered.',
    attemptsLeft: MOST_ATTEMPTS,
    dueAt: now,
    created: now,
  }
  await ctx.transaction.insertNew(NotificationDelivery, [digest])
  return id
}

const told = [
  ...['id', 'policyId', 'flowRunId', 'flowRunName', 'flowId', 'flowName', 'deploymentId', 'tags', 'dedupKey'],
  ...['stateType', 'stateName', 'stateTimestamp'],
] as const
type Told = Pick<NotificationDeliveryRecord, (typeof told)[number]>

/** Gives it its words, of all that was folded into it, and sends it off. */
async function finish(ctx: MutationCtx, digest: NotificationDeliveryRecord): Promise<void> {
  const folded = await foldedInto(ctx.transaction.read, digest)
  const { id: _newest, ...newest } = await newestOf(ctx, folded)
  const runCount = new Set(folded.map(({ flowRunId }) => flowRunId)).size
  const words = composeDigest(folded, placeOf(ctx))
  await ctx.em.nativeUpdate(
    NotificationDelivery,
    { id: digest.id },
    { ...newest, ...words, runCount, status: 'PENDING', reason: null, dueAt: ctx.clock.now() },
    { filters: false },
  )
  await noteTold(ctx, digest.channelId, folded)
}

/** What a digest tells of, in the order in which it was queued. */
export const foldedInto = async (
  read: Pick<Reader, 'select'>,
  { id, policyId, created }: Pick<NotificationDeliveryRecord, 'id' | 'policyId' | 'created'>,
): Promise<Told[]> =>
  (await read.select({
    entity: NotificationDelivery,
    workspaceId: null,
    where: [
      ...oneOf('policyId', [policyId]),
      ...oneOf('status', ['FOLDED']),
      ...atLeast('settledAt', created - CLOCKS_APART),
      ...oneOf('digestId', [id]),
    ],
    orderBy: [['id', 'asc']],
    limit: MOST_TOLD,
    properties: told,
  })) as unknown as Told[]

/** By its key an incident is opened: that of a flow that is in trouble still, if one is. */
async function newestOf(ctx: MutationCtx, folded: readonly Told[]): Promise<Told> {
  const inTrouble = await flowsInTrouble(ctx.transaction.read, folded.filter(hasEnd))
  return folded.findLast(({ policyId, flowId }) => inTrouble.has(`${policyId} ${flowId}`)) ?? folded.at(-1)!
}

/** Servers take turns at it, whose clocks differ. */
const CLOCKS_APART = seconds(300)

/** What is beyond is folded all the same, and not counted. */
const MOST_TOLD = 100_000
