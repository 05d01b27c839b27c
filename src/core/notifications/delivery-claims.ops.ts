import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import { type Instant, seconds } from '../../kernel/clock.ts'
import { uuid } from '../../kernel/inputs.ts'
import { chore } from '../../kernel/operation.ts'
import type { ChannelAnswer } from '../channels/index.ts'
import { NotificationAttempt, NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { outcomeOf } from './delivery.rules.ts'
import { keepOrder } from './delivery-order.keep.ts'

/**
 * Takes what is due, the longest waiting first, for as long as the lease lasts: who does not settle it by then has lost it, and another sends it again.
 * `areOthersGone`: of a server that has its database for itself and has just started; what was being sent then is due at once.
 */
export const claimDeliveries = chore('notification-delivery.claim', {
  input: z.object({
    holder: uuid,
    limit: z.int().min(1).max(1000),
    leaseSeconds: z.number().positive(),
    busyChannelIds: z.array(uuid).default([]),
    areOthersGone: z.boolean().default(false),
  }),
  needs: 'notification-delivery:admin',
  async run(ctx, { holder, limit, leaseSeconds, busyChannelIds, areOthersGone }): Promise<Claim> {
    const now = ctx.clock.now()
    if (areOthersGone) await ctx.em.nativeUpdate(NotificationDelivery, { status: 'SENDING' }, { dueAt: now }, { filters: false })
    const found = await ctx.em.find(
      NotificationDelivery,
      {
        status: { $in: ['PENDING', 'SENDING'] },
        dueAt: { $lte: now },
        ...(busyChannelIds.length > 0 ? { channelId: { $nin: busyChannelIds } } : {}),
      },
      { filters: false, disableIdentityMap: true, orderBy: { dueAt: 'asc' }, limit, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE },
    )
    const kept = await keepOrder(ctx, found as NotificationDeliveryRecord[])
    const claimed = found.filter(({ id }) => !kept.has(id))
    const isMore = found.length === limit
    if (claimed.length === 0) return { claimed: [], isMore }
    await ctx.em.nativeUpdate(
      NotificationDelivery,
      { id: { $in: claimed.map(({ id }) => id) } },
      { status: 'SENDING', holder, dueAt: now + seconds(leaseSeconds) },
      { filters: false },
    )
    return { claimed: claimed.map(delivery => ({ ...delivery }) as unknown as NotificationDeliveryRecord), isMore }
  },
})

interface Claim {
  readonly claimed: readonly NotificationDeliveryRecord[]
  /** Whether there may be more that is due: as many were looked at as were asked for, also where some of them must wait. */
  readonly isMore: boolean
}

/** An attempt that has been made. */
export interface Settlement {
  readonly delivery: NotificationDeliveryRecord
  readonly startedAt: Instant
  readonly subject: string
  readonly body: string
  /** What is to be known about the text. */
  readonly note?: string | null
  readonly answer: ChannelAnswer
}

/** Writes down how attempts went. One whose lease was lost meanwhile counts as an attempt only: whoever has it now decides what becomes of the delivery. */
export const settleDeliveries = chore('notification-delivery.settle', {
  input: z.object({ holder: uuid, settlements: z.custom<readonly Settlement[]>(Array.isArray) }),
  needs: 'notification-delivery:admin',
  async run(ctx, { holder, settlements }): Promise<number> {
    const now = ctx.clock.now()
    const stored = await ctx.em.find(
      NotificationDelivery,
      { id: { $in: settlements.map(({ delivery }) => delivery.id) } },
      { filters: false, disableIdentityMap: true, fields: [...looked], lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    const there = new Map(stored.map(one => [one.id, one as Pick<NotificationDeliveryRecord, (typeof looked)[number]>]))
    const known = settlements
      .filter(({ delivery }) => there.has(delivery.id))
      .map(one => ({ ...one, delivery: { ...one.delivery, ...there.get(one.delivery.id)! } }))
    if (known.length === 0) return 0
    const own = known.filter(({ delivery }) => delivery.holder === holder && delivery.status === 'SENDING')
    const rows = own.map(one => settled(one, now, ctx.ids.random()))
    if (rows.length > 0)
      await ctx.em.upsertMany(NotificationDelivery, rows as never, { onConflictFields: ['id'], onConflictMergeFields: [...changing] })
    for (const one of known.filter(one => !own.includes(one)))
      await ctx.em.nativeUpdate(NotificationDelivery, { id: one.delivery.id }, tried(one), { filters: false })
    await ctx.em.insertMany(
      NotificationAttempt,
      known.map(({ delivery, startedAt, answer }) => ({
        id: ctx.ids.uuid(),
        workspaceId: delivery.workspaceId,
        deliveryId: delivery.id,
        ordinal: delivery.attemptCount + 1,
        startedAt,
        outcome: answer.outcome,
        status: answer.status,
        latencyMilliseconds: Math.round(answer.latencySeconds * 1000),
        excerpt: answer.excerpt,
        error: answer.error,
      })) as never,
    )
    for (const event of deliveriesChanged(ctx, rows)) ctx.emit(event)
    return rows.length
  },
})

const looked = ['id', 'holder', 'status', 'attemptCount', 'firstOutcome'] as const

const changing = [
  'status',
  'dueAt',
  'holder',
  'attemptCount',
  'attemptsLeft',
  'firstOutcome',
  'remaining',
  'subject',
  'body',
  'reason',
  'lastError',
  'settledAt',
] as const satisfies readonly (keyof NotificationDeliveryRecord)[]

const tried = ({ delivery, answer }: Settlement) => ({
  attemptCount: delivery.attemptCount + 1,
  firstOutcome: delivery.firstOutcome ?? answer.outcome,
})

function settled(settlement: Settlement, now: Instant, random: number): NotificationDeliveryRecord {
  const { delivery, subject, body, note, answer } = settlement
  const { status, dueAt, reason } = outcomeOf(answer, delivery, now, random)
  return {
    ...delivery,
    ...tried(settlement),
    status,
    dueAt,
    holder: null,
    attemptsLeft: delivery.attemptsLeft - 1,
    remaining: answer.remaining === null ? null : [...answer.remaining],
    subject,
    body,
    reason: [reason, note].filter(Boolean).join(' ') || null,
    lastError: answer.outcome === 'DELIVERED' ? null : (answer.error ?? 'It was refused without a word.'),
    settledAt: status === 'PENDING' ? null : now,
  }
}
