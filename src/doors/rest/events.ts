import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { countEvents, countEventsInSpans, listEvents, receiveEvents, tallyEvents } from '../../core/events/index.ts'
import { type Instant, seconds } from '../../kernel/clock.ts'
import type { Condition } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { spansOf, timeUnits } from './event-spans.ts'
import { eventToWire, wireEvent } from './event-wire.ts'
import { between, type EventsAsked, eventFilter } from './filters/event-filter.ts'
import { orDefault, refuse, time } from './wire.ts'

const LARGEST_PAGE = 50
const DAY_SECONDS = 86_400
const DEFAULT_DAYS = 180

const page = z.object({
  filter: z.unknown().optional(),
  limit: orDefault(z.int().min(0).max(LARGEST_PAGE), () => LARGEST_PAGE),
})
const newEvents = z.array(wireEvent.extend({ id: uuid.nullish() }))
const counting = z.object({
  filter: eventFilter,
  time_unit: orDefault(z.enum(timeUnits), () => 'day' as const),
  time_interval: orDefault(z.number().min(0.01), () => 1),
})
const countable = z.object({ countable: z.enum(['day', 'time', 'event', 'resource']) })

/** What is asked, and where the page begins: what the address of a next page carries. */
interface Place {
  readonly filter?: unknown
  readonly limit: number
  readonly until: Instant
  readonly after?: string | undefined
}

export function eventRoutes(app: FastifyInstance): void {
  app.post('/events', async (request, reply) => {
    const events = newEvents.parse(request.body).map(({ id, ...event }) => ({ ...event, id: id ?? request.ctx.ids.uuid() }))
    await receiveEvents(request.ctx, { events })
    return reply.code(204).send()
  })

  app.post('/events/filter', async request => {
    const { filter, limit } = page.parse(request.body ?? {})
    return readEvents(request, { filter, limit, until: request.ctx.clock.now() })
  })

  app.get('/events/filter/next', async request => readEvents(request, placeOf(request.query)))

  app.post('/events/count-by/:countable', async request => {
    const { countable: what } = countable.parse(request.params)
    const { filter, time_unit, time_interval } = counting.parse(request.body)
    const range = rangeOf(filter, request.ctx.clock.now())
    const also = [...filter.conditions, ...between(range)]
    if (what === 'event' || what === 'resource')
      return (await tallyEvents(request.ctx, { also, by: what })).map(({ value, label, count, first, last }) => ({
        value,
        label,
        count,
        start_time: time(first),
        end_time: time(last),
      }))
    const spans = spansOf(range, what === 'day' ? 'day' : time_unit, what === 'day' ? 1 : time_interval)
    const counts = await countEventsInSpans(request.ctx, { also, spans: spans.map(({ start, end }) => [start, end]) })
    return spans.map(({ index, start, end }, place) => ({
      value: String(index),
      label: time(start),
      count: counts[place]!,
      start_time: time(start),
      end_time: time(end - 1),
    }))
  })
}

async function readEvents(request: FastifyRequest, place: Place) {
  const asked = z.object({ filter: eventFilter.nullish() }).parse({ filter: place.filter }).filter ?? eventFilter.parse({})
  const also: Condition[] = [...asked.conditions, ...between(rangeOf(asked, place.until))]
  const total = (await countEvents(request.ctx, { also, countAll: true })).value
  if (place.limit === 0) return { events: [], total, next_page: null }
  const { nodes, cursors, hasNextPage } = await listEvents(request.ctx, {
    also,
    first: place.limit,
    after: place.after,
    orderBy: asked.isAscending ? 'OCCURRED_ASC' : 'OCCURRED_DESC',
  })
  const next = hasNextPage ? addressOf(request, { ...place, after: cursors.at(-1) }) : null
  return { events: nodes.map(eventToWire), total, next_page: next }
}

/** Without a time of its own a filter asks about the last half year. */
function rangeOf({ since, until }: EventsAsked, now: Instant): { since: Instant; until: Instant } {
  const day = seconds(DAY_SECONDS)
  return { since: since ?? now - (now % day) - DEFAULT_DAYS * day, until: until ?? now }
}

function addressOf(request: FastifyRequest, place: Place): string {
  const path = request.url.replace(/\/events\/filter.*$/, '/events/filter/next')
  const token = Buffer.from(JSON.stringify(place)).toString('base64url')
  return `${request.protocol}://${request.host}${path}?page-token=${token}`
}

const token = z.object({ 'page-token': z.string() })
const place = z.object({
  filter: z.unknown().optional(),
  limit: z.int().min(0).max(LARGEST_PAGE),
  until: z.int(),
  after: z.string().optional(),
})

function placeOf(query: unknown): Place {
  const { data } = token.safeParse(query)
  try {
    return place.parse(JSON.parse(Buffer.from(data?.['page-token'] ?? '', 'base64url').toString()))
  } catch {
    throw refuse(403, 'Forbidden')
  }
}
