import { z } from 'zod'
import { oneOf } from '../../kernel/filters.ts'
import { query } from '../../kernel/operation.ts'
import { NotificationDelivery } from './delivery.entity.ts'
import { notificationDeliveryConditions, notificationDeliveryFilter } from './delivery.filter.ts'

export interface DeliverySummary {
  readonly deliveredCount: number
  /** Of those, how many by their very first attempt, whether they were sent again later or not. */
  readonly firstTryCount: number
  readonly failedCount: number
  /** Queued or being sent, for the first time or again. */
  readonly waitingCount: number
  /** Held, folded or muted: not sent in messages of their own. */
  readonly heldBackCount: number
  /** The newest event that the counts know of. */
  readonly asOf: number
}

/** How deliveries went: counted one by one, so over as many as the filter leaves. */
export const summariseDeliveries = query('notification-delivery.summary', {
  input: z.object({ filter: notificationDeliveryFilter.nullish() }),
  needs: 'notification-delivery:read',
  async run(ctx, { filter }): Promise<DeliverySummary> {
    const where = notificationDeliveryConditions(filter)
    const counted = { entity: NotificationDelivery, where }
    const byStatus = await ctx.read.countBy({ ...counted, property: 'status' })
    const delivered = await ctx.read.countBy({ ...counted, where: [...where, ...oneOf('status', ['DELIVERED'])], property: 'firstOutcome' })
    const of = (...statuses: string[]) => sum(statuses.map(status => byStatus.counts.get(status) ?? 0))
    return {
      deliveredCount: sum([...delivered.counts.values()]),
      firstTryCount: delivered.counts.get('DELIVERED') ?? 0,
      failedCount: of('DEAD'),
      waitingCount: of('PENDING', 'SENDING'),
      heldBackCount: of('HELD', 'FOLDED', 'MUTED'),
      asOf: byStatus.asOf,
    }
  },
})

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
