import { z } from 'zod'
import type { LogEvent } from '../../kernel/event-log.ts'
import { instantSchema } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { alsoInput, countInput, countUpTo, mostCounted, pageInput, readPage } from '../../kernel/paging.ts'
import { command, readsOfReports, recordTaskRun } from '../orchestration/index.ts'
import { EventEntity } from './event.entity.ts'
import { eventConditions, eventFilter } from './event.filter.ts'
import { isNewEvent, newEvent } from './new-event.ts'

const EVENTS_IN_A_TRANSITION = 4

/**
 * Events from outside enter the log, and those that report a task run make or move its row with it. One that was received before, by its id, changes
 * nothing: clients resend what was not confirmed.
 */
export const receiveEvents = command('event.receive', {
  input: z.object({ events: z.array(newEvent) }),
  takes: ({ events }) => Array.isArray(events) && events.every(isNewEvent),
  needs: 'event:write',
  reads: ({ events }) => readsOfReports(events),
  weight: ({ events }) => events.length / EVENTS_IN_A_TRANSITION,
  apply(env, batch, { events }): number {
    for (const event of events) {
      batch.emit({ ...event, workspaceId: env.workspace.id, received: env.now, follows: event.follows ?? null })
      recordTaskRun(env, batch, event)
    }
    return events.length
  },
})

export const eventOrders = ['OCCURRED_DESC', 'OCCURRED_ASC'] as const

export const listEvents = query('event.list', {
  input: z.object({ ...pageInput, ...alsoInput, filter: eventFilter.nullish(), orderBy: z.enum(eventOrders).default('OCCURRED_DESC') }),
  needs: 'event:read',
  run(ctx, { first, after, filter, also = [], orderBy }) {
    const direction = orderBy === 'OCCURRED_DESC' ? 'desc' : 'asc'
    return readPage<LogEvent>(ctx.read, {
      entity: EventEntity,
      where: [...eventConditions(filter), ...also],
      orderBy: [
        ['occurred', direction],
        ['seq', direction],
      ],
      first,
      after,
    })
  },
})

export const countEvents = query('event.count', {
  input: z.object({ ...countInput, filter: eventFilter.nullish() }),
  needs: 'event:read',
  run: (ctx, { filter, also = [], countAll }) =>
    countUpTo(ctx.read, { entity: EventEntity, where: [...eventConditions(filter), ...also] }, mostCounted(countAll)),
})

/** What an index does not tell is looked up event by event, in the one thread that serves everybody. */
const MOST_LOOKED_UP = 50_000
const MOST_SPANS = 200

export interface EventHistory {
  /** One for each span, oldest first. */
  readonly counts: readonly number[]
  /** The newest event that the counts know of. */
  readonly asOf: number
}

/** How many events happened in each of up to 200 equal spans. Undefined where names are asked for and more than 50 000 events would have to be looked at. */
export const countEventsByTime = query('event.count-by-time', {
  input: z.object({
    start: instantSchema,
    spanSize: z.int().min(1_000_000, 'must be at least one second'),
    spanCount: z.int().min(1).max(MOST_SPANS),
    filter: eventFilter.omit({ ids: true, occurredAfter: true, occurredBefore: true }).strict().nullish(),
  }),
  needs: 'event:read',
  async run(ctx, { start, spanSize, spanCount, filter }): Promise<EventHistory | undefined> {
    const { names, namePrefixes, ...indexed } = filter ?? {}
    if (names || namePrefixes) {
      const range = { ...indexed, occurredAfter: start, occurredBefore: start + spanCount * spanSize - 1 }
      const count = await ctx.read.count({ entity: EventEntity, where: eventConditions(range), limit: MOST_LOOKED_UP + 1 })
      if (count > MOST_LOOKED_UP) return undefined
    }
    return ctx.read.countInSpans({
      entity: EventEntity,
      where: eventConditions(filter),
      property: 'occurred',
      spans: Array.from({ length: spanCount }, (_, index) => [start + index * spanSize, start + (index + 1) * spanSize]),
    })
  },
})
