import {
  type attemptOutcomes,
  countNotificationDeliveries,
  type deliveryKinds,
  type deliveryStatuses,
  findNotificationPolicy,
  listNotificationDeliveries,
  type NotificationAttemptRecord,
  type NotificationDeliveryRecord,
  notificationAttempts,
  notificationDeliveriesByIds,
  notificationPolicyActivity,
  type PolicyDay,
  redeliverNotification,
} from '../../core/notifications/index.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { noneIfMissing } from './errors.ts'
import { NotificationPolicy } from './notification-policies.ts'
import { StateType } from './states.ts'

const DeliveryStatus = builder.enumType('NotificationDeliveryStatus', {
  description: 'How far a delivery has come.',
  values: {
    PENDING: { description: 'It waits to be sent, for the first time or again.' },
    SENDING: { description: 'It is being sent.' },
    DELIVERED: { description: 'The channel has taken it.' },
    DEAD: { description: 'It was given up: refused for good, or tried too often. It can be redelivered.' },
    HELD: { description: 'It waits to be told in a digest.' },
    FOLDED: { description: 'It was told in a digest.' },
    MUTED: { description: 'It was not sent, since its policy or its group was muted.' },
    CANCELLED: {
      description:
        'It was not sent: its policy or its channel was deleted before, or the trouble whose end it tells began anew. The reason says which.',
    },
  } satisfies Record<(typeof deliveryStatuses)[number], { description: string }>,
})

const DeliveryKind = builder.enumType('NotificationDeliveryKind', {
  description: 'What a delivery tells.',
  values: {
    ALERT: { description: 'One run entered a state.' },
    DIGEST: { description: 'Several runs did, which were held back.' },
    RESOLVE: { description: 'The flow has completed: the trouble is over.' },
  } satisfies Record<(typeof deliveryKinds)[number], { description: string }>,
})

export const AttemptOutcome = builder.enumType('NotificationAttemptOutcome', {
  description: 'How an attempt to send ended.',
  values: {
    DELIVERED: { description: 'The channel has taken it.' },
    FAILED: { description: 'It was refused, and would be again.' },
    RETRY: { description: 'It did not work; later it may.' },
  } satisfies Record<(typeof attemptOutcomes)[number], { description: string }>,
})

const Attempt = builder.objectRef<NotificationAttemptRecord>('NotificationAttempt').implement({
  description: 'One time that a delivery was tried.',
  fields: t => ({
    ordinal: t.exposeInt('ordinal', { description: 'Counted from 1.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    outcome: t.field({ type: AttemptOutcome, description: 'How it ended.', resolve: attempt => attempt.outcome }),
    status: t.exposeInt('status', { nullable: true, description: 'HTTP status, or the code of an SMTP reply; null when nobody answered.' }),
    latencyMilliseconds: t.exposeInt('latencyMilliseconds', { description: 'How long it took.' }),
    excerpt: t.exposeString('excerpt', { nullable: true, description: 'The beginning of the answer, its secrets masked.' }),
    error: t.exposeString('error', { nullable: true, description: 'What went wrong, in words.' }),
  }),
})

export const NotificationDelivery = builder.objectRef<NotificationDeliveryRecord>('NotificationDelivery')

builder.objectType(NotificationDelivery, {
  description: 'One channel that is to hear of one run that entered one state.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id, which travels in every request and is the same in all attempts.' }),
    kind: t.field({ type: DeliveryKind, description: 'What it tells.', resolve: delivery => delivery.kind }),
    status: t.field({ type: DeliveryStatus, description: 'How far it has come.', resolve: delivery => delivery.status }),
    policyId: t.expose('policyId', { type: 'UUID', description: 'Id of the policy that asked for it.' }),
    policyName: t.exposeString('policyName', { nullable: true, description: 'Name of the policy when it was queued.' }),
    policy: t.field({
      type: NotificationPolicy,
      nullable: true,
      description: 'The policy; null when it was deleted since.',
      extensions: asks(findNotificationPolicy),
      resolve: ({ policyId }, _args, { ctx }) => findNotificationPolicy(ctx, { id: policyId }).catch(noneIfMissing),
    }),
    channelId: t.expose('channelId', { type: 'UUID', description: 'Block document of the channel.' }),
    flowRunId: t.expose('flowRunId', { type: 'UUID', description: 'Id of the run; of a digest, of the newest.' }),
    flowRunName: t.exposeString('flowRunName', { description: 'Its name then.' }),
    flowId: t.expose('flowId', { type: 'UUID', description: 'Id of its flow.' }),
    flowName: t.exposeString('flowName', { description: 'Name of its flow.' }),
    stateType: t.field({ type: StateType, description: 'Type of the state that was entered.', resolve: delivery => delivery.stateType }),
    stateName: t.exposeString('stateName', { description: 'Name of that state.' }),
    occurredAt: t.expose('stateTimestamp', { type: 'DateTime', description: 'When it was entered.' }),
    groupKey: t.exposeString('groupKey', { description: 'Which runs it is gathered with.' }),
    runCount: t.exposeInt('runCount', { description: 'How many runs it tells of.' }),
    subject: t.exposeString('subject', { nullable: true, description: 'As it was sent; null before it was.' }),
    body: t.exposeString('body', { nullable: true, description: 'As it was sent; null before it was.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it waits, is held, folded, muted, cancelled or dead; or why it was sent with the default text.',
    }),
    lastError: t.exposeString('lastError', { nullable: true, description: 'What went wrong the last time.' }),
    digestId: t.expose('digestId', { type: 'UUID', nullable: true, description: 'The delivery of the digest that it was folded into.' }),
    attemptCount: t.exposeInt('attemptCount', { description: 'How often it was tried.' }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it will be tried next; null when it will not.',
      resolve: ({ status, dueAt }) => (status === 'PENDING' ? dueAt : null),
    }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was queued.' }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true, description: 'When it came to its end.' }),
    attempts: t.field({
      type: [Attempt],
      description: 'How it was tried, the first attempt first.',
      extensions: asks(notificationAttempts),
      resolve: ({ id }, _args, { loaders }) => loaders.notificationAttempts.load(id),
    }),
  }),
})

export const NotificationDeliveryFilter = builder.inputType('NotificationDeliveryFilter', {
  description: 'Which deliveries are meant. Parts are joined by "and"; the same filter serves the list and its subscription.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    policyIds: t.field({ type: ['UUID'], description: 'Of any of these policies.' }),
    channelIds: t.field({ type: ['UUID'], description: 'To any of these channels.' }),
    flowRunIds: t.field({ type: ['UUID'], description: 'About any of these runs.' }),
    statuses: t.field({ type: [DeliveryStatus], description: 'In any of these statuses.' }),
    kinds: t.field({ type: [DeliveryKind], description: 'Of any of these kinds.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'Queued at this time or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Queued at this time or earlier.' }),
    digestIds: t.field({ type: ['UUID'], description: 'Folded into any of these digests.' }),
  }),
})

builder.queryFields(t => ({
  notificationDeliveries: t.field({
    type: connectionType('NotificationDelivery', NotificationDelivery, countNotificationDeliveries),
    description: 'What was queued, sent, held back or given up, newest first.',
    args: { ...pageArgs(), filter: t.arg({ type: NotificationDeliveryFilter, description: 'Which.' }) },
    extensions: asks(listNotificationDeliveries),
    async resolve(_root, { filter, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return {
        cursor,
        page: await listNotificationDeliveries(ctx, { ...paging(page), filter }),
        count: () => countNotificationDeliveries(ctx, { filter }),
      }
    },
  }),
  notificationDelivery: t.field({
    type: NotificationDelivery,
    nullable: true,
    description: 'One delivery; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(notificationDeliveriesByIds),
    resolve: async (_root, { id }, { ctx }) => (await notificationDeliveriesByIds(ctx, { ids: [id] }))[0] ?? null,
  }),
}))

const Day = builder.objectRef<PolicyDay>('NotificationDay').implement({
  description: 'What became of the deliveries of a policy in 24 hours.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'When the 24 hours began.' }),
    sent: t.exposeInt('sent', { description: 'How many were delivered.' }),
    failed: t.exposeInt('failed', { description: 'How many were given up.' }),
  }),
})

builder.objectFields(NotificationPolicy, t => ({
  lastSevenDays: t.field({
    type: [Day],
    description: 'The last seven times 24 hours, up to now, oldest first.',
    extensions: asks(notificationPolicyActivity),
    resolve: async ({ id }, _args, { loaders }) => [...(await loaders.notificationActivities.load(id)).days],
  }),
  lastSentAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When something of it was last delivered; null when nothing was.',
    extensions: asks(notificationPolicyActivity),
    resolve: async ({ id }, _args, { loaders }) => (await loaders.notificationActivities.load(id)).lastSentAt,
  }),
  lastError: t.string({
    nullable: true,
    description: 'What went wrong with its newest delivery; null when nothing did.',
    extensions: asks(notificationPolicyActivity),
    resolve: async ({ id }, _args, { loaders }) => (await loaders.notificationActivities.load(id)).lastError,
  }),
}))

const RedeliverNotificationInput = builder.inputType('RedeliverNotificationInput', {
  description: 'A delivery that is to be sent once more.',
  fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Which delivery.' }) }),
})

const RedeliverNotificationPayload = builder
  .objectRef<{ notificationDelivery: NotificationDeliveryRecord }>('RedeliverNotificationPayload')
  .implement({
    description: 'The delivery, on its way again.',
    fields: t => ({
      notificationDelivery: t.field({
        type: NotificationDelivery,
        description: 'The delivery.',
        resolve: answer => answer.notificationDelivery,
      }),
    }),
  })

builder.mutationField('redeliverNotification', t =>
  t.field({
    type: RedeliverNotificationPayload,
    description:
      'Sends a delivery once more that has come to an end, good or bad, under the same id. NOT_FOUND when there is none; CONFLICT while it is on its way, or when it tells of the end of trouble and the flow is in trouble again.',
    args: { input: t.arg({ type: RedeliverNotificationInput, required: true, description: 'Which.' }) },
    extensions: asks(redeliverNotification),
    resolve: async (_root, { input }, { ctx }) => ({ notificationDelivery: await redeliverNotification(ctx, input) }),
  }),
)
