import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { by, countInput, countUpTo, mostCounted, pageInput, readPage, sliceInput } from '../../kernel/paging.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { notificationPolicyConditions, notificationPolicyFilter } from './notification-policy.filter.ts'

const filterInput = z.object({ filter: notificationPolicyFilter.nullish() })

/** Newest first. */
export const listNotificationPolicies = query('notification-policy.list', {
  input: filterInput.extend(pageInput),
  needs: 'notification-policy:read',
  run: (ctx, { filter, ...page }) =>
    readPage<NotificationPolicyRecord>(ctx.read, {
      entity: NotificationPolicy,
      where: notificationPolicyConditions(filter),
      orderBy: [['id', 'desc']],
      ...page,
    }),
})

export const countNotificationPolicies = query('notification-policy.count', {
  input: filterInput.extend(countInput),
  needs: 'notification-policy:read',
  run: (ctx, { filter, countAll }) =>
    countUpTo(ctx.read, { entity: NotificationPolicy, where: notificationPolicyConditions(filter) }, mostCounted(countAll)),
})

/** Counted from the oldest. */
export const sliceNotificationPolicies = query('notification-policy.slice', {
  input: filterInput.extend(sliceInput),
  needs: 'notification-policy:read',
  run: async (ctx, { limit, offset, filter }) =>
    (await ctx.read.select({
      entity: NotificationPolicy,
      where: notificationPolicyConditions(filter),
      orderBy: by('created', 'asc'),
      limit,
      offset,
    })) as unknown as NotificationPolicyRecord[],
})
