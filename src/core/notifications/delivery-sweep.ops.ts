import { z } from 'zod'
import { instantSchema } from '../../kernel/inputs.ts'
import { chore } from '../../kernel/operation.ts'
import { NotificationDelivery } from './delivery.entity.ts'

const AT_ONCE = 500

/** Deletes some of the deliveries, in all workspaces, that came to their end before a moment, with their attempts. Who wants all of them gone asks until it is done. */
export const sweepDeliveries = chore('notification-delivery.sweep', {
  input: z.object({ before: instantSchema }),
  needs: 'notification-delivery:admin',
  async run(ctx, { before }): Promise<{ readonly deleted: number; readonly isDone: boolean }> {
    const expired = await ctx.em.find(
      NotificationDelivery,
      { settledAt: { $lt: before } },
      { filters: false, disableIdentityMap: true, fields: ['id'], orderBy: { id: 'asc' }, limit: AT_ONCE },
    )
    const ids = expired.map(({ id }) => id)
    if (ids.length > 0) await ctx.em.nativeDelete(NotificationDelivery, { id: { $in: ids } }, { filters: false })
    return { deleted: ids.length, isDone: ids.length < AT_ONCE }
  },
})
