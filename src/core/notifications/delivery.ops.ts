import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import { conflict, notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { mutation } from '../../kernel/operation.ts'
import { toRecord } from '../../kernel/records.ts'
import { NotificationDelivery, type NotificationDeliveryRecord } from './delivery.entity.ts'
import { deliveriesChanged } from './delivery.events.ts'
import { MOST_ATTEMPTS } from './delivery.rules.ts'
import { foldedInto } from './digest.ops.ts'
import { flowsInTrouble, noteTold } from './incidents.ts'

/** Sends once more what has come to an end, good or bad, under the same id, at once. CONFLICT while it is on its way, or tells of an end while the flow is in trouble again. */
export const redeliverNotification = mutation('notification-delivery.redeliver', {
  input: z.object({ id: uuid }),
  needs: 'notification-delivery:write',
  async run(ctx, { id }): Promise<NotificationDeliveryRecord> {
    const delivery = await ctx.em.findOne(NotificationDelivery, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!delivery) throw notFound('Notification delivery', id)
    if (delivery.status === 'PENDING' || delivery.status === 'SENDING') throw conflict('It is on its way already.', { id })
    if (delivery.status === 'HELD' && delivery.kind === 'DIGEST') throw conflict('It is being gathered still.', { id })
    if (delivery.kind === 'RESOLVE' && (await flowsInTrouble(ctx.transaction.read, [delivery])).size > 0)
      throw conflict('The flow is in trouble again: its end is told when it next completes.', { id })
    const now = ctx.clock.now()
    Object.assign(delivery, { status: 'PENDING', dueAt: now, attemptsLeft: MOST_ATTEMPTS, remaining: null, reason: null, settledAt: null })
    const record = toRecord(delivery) as unknown as NotificationDeliveryRecord
    if (record.kind !== 'RESOLVE')
      await noteTold(ctx, record.channelId, record.kind === 'DIGEST' ? await foldedInto(ctx.transaction.read, record) : [record])
    for (const event of deliveriesChanged(ctx, [record], true)) ctx.emit(event)
    return record
  },
})
