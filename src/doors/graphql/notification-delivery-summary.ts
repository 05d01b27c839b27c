import { type DeliverySummary, summariseDeliveries } from '../../core/notifications/index.ts'
import { asks, builder } from './builder.ts'
import { eventCursor } from './cursors.ts'
import { NotificationDeliveryFilter } from './notification-deliveries.ts'

const Summary = builder.objectRef<DeliverySummary & { readonly cursor: string }>('NotificationDeliverySummary').implement({
  description: 'How the deliveries that a filter names went.',
  fields: t => ({
    deliveredCount: t.exposeInt('deliveredCount', { description: 'How many were delivered.' }),
    firstTryCount: t.exposeInt('firstTryCount', {
      description:
        'How many of those by their very first attempt. One that is sent again by hand still counts, while it is delivered; one that was given up and then sent again does not.',
    }),
    failedCount: t.exposeInt('failedCount', { description: 'How many were given up: refused for good, or tried too often.' }),
    waitingCount: t.exposeInt('waitingCount', { description: 'How many are queued or being sent, for the first time or again.' }),
    heldBackCount: t.exposeInt('heldBackCount', { description: 'How many were held, folded into a digest or muted.' }),
    firstTryRate: t.float({
      nullable: true,
      description: 'The share of `firstTryCount` in what was delivered or given up, from 0 to 1. Null when there is none.',
      resolve: ({ firstTryCount, deliveredCount, failedCount }) =>
        deliveredCount + failedCount === 0 ? null : firstTryCount / (deliveredCount + failedCount),
    }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the log stood when they were counted: a subscription `after` it tells what has changed since.',
      resolve: ({ cursor }) => cursor,
    }),
  }),
})

builder.queryField('notificationDeliverySummary', t =>
  t.field({
    type: Summary,
    description: 'How many deliveries were sent, at the first attempt or later, given up or held back.',
    args: { filter: t.arg({ type: NotificationDeliveryFilter, description: 'Which. Default: all that are kept.' }) },
    extensions: asks(summariseDeliveries),
    async resolve(_root, { filter }, { ctx }) {
      const summary = await summariseDeliveries(ctx, { filter })
      return { ...summary, cursor: eventCursor(ctx, summary.asOf) }
    },
  }),
)
