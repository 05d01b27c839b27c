import { changedDeliveriesOf, type NotificationDeliveryRecord, notificationDeliveryChanges } from '../../core/notifications/index.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { builder } from './builder.ts'
import { afterDescription, follow, follows, frameType } from './live.ts'
import { NotificationDelivery, NotificationDeliveryFilter } from './notification-deliveries.ts'

const Change = builder.objectRef<{ readonly delivery: NotificationDeliveryRecord }>('NotificationDeliveryChange').implement({
  description: 'A delivery was queued, sent, held, folded or given up.',
  fields: t => ({
    notificationDelivery: t.field({
      type: NotificationDelivery,
      description: 'The delivery as it is when this is sent.',
      resolve: change => change.delivery,
    }),
  }),
})

builder.subscriptionField('notificationDeliveryChanged', t =>
  t.field({
    type: frameType('NotificationDeliveryChanges', 'changes', Change, 'Deliveries that changed; each once in a batch, as it is then.'),
    description: 'Deliveries that are queued, sent, held back or given up, in the order it was committed.',
    args: {
      filter: t.arg({ type: NotificationDeliveryFilter, description: 'Which, by what they are after the change.' }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
    },
    extensions: follows(notificationDeliveryChanges),
    subscribe: (_root, args, context) =>
      follow(context, args, {
        log: 'events',
        continues: notificationDeliveryChanges,
        stream: ctx => ctx.house.events,
        async items(ctx, events: readonly LogEvent[], { filter }) {
          const ids = events.flatMap(changedDeliveriesOf)
          if (ids.length === 0) return []
          return (await notificationDeliveryChanges(ctx, { ids, filter })).map(delivery => ({ delivery }))
        },
      }),
    resolve: frame => frame,
  }),
)
