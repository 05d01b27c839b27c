import { z } from 'zod'
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
