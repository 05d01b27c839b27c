import {
  countEvents,
  countEventsByTime,
  eventConditions,
  eventFilter,
  type eventOrders,
  eventSubject,
  type EventHistory as History,
  listEvents,
} from '../../core/events/index.ts'
import { type LogEvent, resourceIdOf } from '../../kernel/event-log.ts'
import { matches } from '../../kernel/filters.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { afterDescription, Delivery, follow, follows, frameType, latestPer } from './live.ts'

const Event = builder.objectRef<LogEvent>('Event').implement({
  description: 'A fact that happened, of the server’s own or sent by a client.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id; an event received twice is stored once.' }),
    event: t.exposeString('event', { description: 'Its name: `prefect.flow-run.Completed`.' }),
    occurred: t.expose('occurred', { type: 'DateTime', description: 'When it happened.' }),
    received: t.expose('received', { type: 'DateTime', description: 'When the server heard of it.' }),
    resource: t.field({ type: 'JSON', description: 'Labels of what it is about.', resolve: event => event.resource }),
    related: t.field({ type: 'JSON', description: 'Labels of what else it touches.', resolve: event => event.related }),
    payload: t.field({ type: 'JSON', description: 'More about it.', resolve: event => event.payload }),
    follows: t.expose('follows', { type: 'UUID', nullable: true, description: 'The event it came right after.' }),
  }),
})

const EventFilter = builder.inputType('EventFilter', {
  description: 'Which events are meant. Parts are joined by "and"; names and prefixes are alternatives to each other.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    names: t.stringList({ description: 'Named exactly one of these.' }),
    namePrefixes: t.stringList({ description: 'Whose name begins with one of these.' }),
    resourceIds: t.stringList({ description: 'About one of these resources.' }),
    resourceIdPrefixes: t.stringList({ description: 'About a resource whose id begins with one of these.' }),
    occurredAfter: t.field({ type: 'DateTime', description: 'Then or later.' }),
    occurredBefore: t.field({ type: 'DateTime', description: 'Then or earlier.' }),
  }),
})

const EventOrder = builder.enumType('EventOrder', {
  description: 'How events are ordered.',
  values: { OCCURRED_DESC: { description: 'Newest first.' }, OCCURRED_ASC: { description: 'Oldest first.' } } satisfies Record<
    (typeof eventOrders)[number],
    object
  >,
})

builder.queryFields(t => ({
  events: t.field({
    type: connectionType('Event', Event, countEvents),
    description: 'Events of the workspace.',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: EventFilter, description: 'Which.' }),
      orderBy: t.arg({ type: EventOrder, defaultValue: 'OCCURRED_DESC', description: 'In which order.' }),
    },
    extensions: asks(listEvents),
    async resolve(_root, { filter, orderBy, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return {
        cursor,
        page: await listEvents(ctx, { ...paging(page), filter, orderBy: orderBy ?? undefined }),
        count: () => countEvents(ctx, { filter }),
      }
    },
  }),
}))

const EventHistory = builder.objectRef<History>('EventHistory').implement({
  description: 'Events over time.',
  fields: t => ({
    counts: t.intList({ description: 'How many happened in each span, oldest first.', resolve: history => [...history.counts] }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the log stood when they were counted: a subscription `after` it continues them exactly.',
      resolve: (history, _args, { ctx }) => eventCursor(ctx, history.asOf),
    }),
  }),
})

builder.queryField('eventHistory', t =>
  t.field({
    type: EventHistory,
    nullable: true,
    description: 'How many events happened over time; null where names are asked for and the range holds more than 50 000 events.',
    args: {
      start: t.arg({ type: 'DateTime', required: true, description: 'Where the first span begins.' }),
      spanSize: t.arg({ type: 'Duration', required: true, description: 'How long a span is, in seconds: at least 1.' }),
      spanCount: t.arg.int({ required: true, description: 'How many spans: at most 200.' }),
      filter: t.arg({ type: EventFilter, description: 'Which events, by names and resources.' }),
    },
    extensions: asks(countEventsByTime),
    resolve: async (_root, { filter, ...range }, { ctx }) => (await countEventsByTime(ctx, { ...range, filter })) ?? null,
  }),
)

const EventOccurrences = frameType('EventOccurrences', 'events', Event, 'Events, in the order they were committed.')

builder.subscriptionFields(t => ({
  eventOccurred: t.field({
    type: EventOccurrences,
    description: 'Events as they are committed.',
    args: {
      filter: t.arg({ type: EventFilter, description: 'Which events.' }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      delivery: t.arg({ type: Delivery, defaultValue: 'EVERY', description: 'How much of them.' }),
    },
    extensions: follows(listEvents),
    subscribe: (_root, args, context) => {
      const conditions = eventConditions(eventFilter.nullish().parse(args.filter))
      return follow(context, args, {
        log: 'events',
        continues: listEvents,
        stream: ctx => ctx.house.events,
        async items(_ctx, events: readonly LogEvent[], { delivery }) {
          const wanted = events.filter(event => matches(conditions, eventSubject(event)))
          return delivery === 'LATEST_PER_OBJECT' ? latestPer(wanted, resourceIdOf) : wanted
        },
      })
    },
    resolve: frame => frame,
  }),
}))
