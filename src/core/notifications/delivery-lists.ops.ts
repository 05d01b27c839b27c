import { z } from 'zod'
import { seconds } from '../../kernel/clock.ts'
import { matches, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { countInput, countUpTo, mostCounted, pageInput, readByIds, readPage } from '../../kernel/paging.ts'
import {
  NotificationAttempt,
  type NotificationAttemptRecord,
  NotificationDelivery,
  type NotificationDeliveryRecord,
} from './delivery.entity.ts'
import { notificationDeliveryConditions, notificationDeliveryFilter } from './delivery.filter.ts'

const filterInput = z.object({ filter: notificationDeliveryFilter.nullish() })
const byIds = z.object({ ids: z.array(uuid).max(1000) })

/** Newest first. */
export const listNotificationDeliveries = query('notification-delivery.list', {
  input: filterInput.extend(pageInput),
  needs: 'notification-delivery:read',
  run: (ctx, { filter, ...page }) =>
    readPage<NotificationDeliveryRecord>(ctx.read, {
      entity: NotificationDelivery,
      where: notificationDeliveryConditions(filter),
      orderBy: [['id', 'desc']],
      ...page,
    }),
})

export const countNotificationDeliveries = query('notification-delivery.count', {
  input: filterInput.extend(countInput),
  needs: 'notification-delivery:read',
  run: (ctx, { filter, countAll }) =>
    countUpTo(ctx.read, { entity: NotificationDelivery, where: notificationDeliveryConditions(filter) }, mostCounted(countAll)),
})

/** In the order asked; undefined where there is none. */
export const notificationDeliveriesByIds = query('notification-delivery.by-ids', {
  input: byIds,
  needs: 'notification-delivery:read',
  run: (ctx, { ids }) => readByIds<NotificationDeliveryRecord>(ctx.read, NotificationDelivery, ids),
})

/** Of deliveries that have changed, those that are meant, as they are now: once each. */
export const notificationDeliveryChanges = query('notification-delivery.changes', {
  input: filterInput.extend({ ids: z.array(uuid) }),
  needs: 'notification-delivery:read',
  async run(ctx, { ids, filter }): Promise<NotificationDeliveryRecord[]> {
    const found = await readByIds<NotificationDeliveryRecord>(ctx.read, NotificationDelivery, [...new Set(ids)])
    const where = notificationDeliveryConditions(filter)
    return found.filter(one => one !== undefined).filter(one => matches(where, one))
  },
})

/** How each of them was tried, the first attempt first. */
export const notificationAttempts = query('notification-delivery.attempts', {
  input: byIds,
  needs: 'notification-delivery:read',
  run: async (ctx, { ids }) =>
    (await ctx.read.select({
      entity: NotificationAttempt,
      where: oneOf('deliveryId', ids),
      orderBy: [
        ['deliveryId', 'asc'],
        ['ordinal', 'asc'],
        ['id', 'asc'],
      ],
      limit: 10_000,
    })) as unknown as NotificationAttemptRecord[],
})

const DAYS = 7
const DAY = seconds(86_400)

export interface PolicyDay {
  readonly start: number
  readonly sent: number
  readonly failed: number
}

export interface PolicyRecord {
  /** The last seven times 24 hours, oldest first. */
  readonly days: readonly PolicyDay[]
  readonly lastSentAt: number | null
  /** Of the newest delivery that came to an end, if it was a bad one, or of one that is tried again. */
  readonly lastError: string | null
}

/** What became lately of what policies sent, in the order asked. */
export const notificationPolicyActivity = query('notification-delivery.activity', {
  input: z.object({ policyIds: z.array(uuid).max(200) }),
  needs: 'notification-delivery:read',
  async run(ctx, { policyIds }): Promise<PolicyRecord[]> {
    const end = ctx.clock.now()
    const starts = Array.from({ length: DAYS }, (_, index) => end - (DAYS - index) * DAY)
    const spans = starts.map(start => [start, start + DAY] as const)
    const counted = (policyId: string, status: string) =>
      ctx.read.countInSpans({
        entity: NotificationDelivery,
        where: [...oneOf('policyId', [policyId]), ...oneOf('status', [status])],
        property: 'settledAt',
        spans,
      })
    const newest = async (policyId: string, statuses: readonly string[]) =>
      (
        await ctx.read.select({
          entity: NotificationDelivery,
          where: [...oneOf('policyId', [policyId]), ...oneOf('status', statuses)],
          orderBy: [['id', 'desc']],
          limit: 1,
          properties: ['id', 'settledAt', 'lastError'],
        })
      )[0] as Pick<NotificationDeliveryRecord, 'settledAt' | 'lastError'> | undefined
    return Promise.all(
      policyIds.map(async policyId => {
        const [sent, failed, last, latest] = await Promise.all([
          counted(policyId, 'DELIVERED'),
          counted(policyId, 'DEAD'),
          newest(policyId, ['DELIVERED']),
          newest(policyId, ['DELIVERED', 'DEAD', 'PENDING']),
        ])
        const days = starts.map((start, index) => ({ start, sent: sent.counts[index]!, failed: failed.counts[index]! }))
        return { days, lastSentAt: last?.settledAt ?? null, lastError: latest?.lastError ?? null }
      }),
    )
  },
})
