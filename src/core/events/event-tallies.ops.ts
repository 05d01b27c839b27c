import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type LogEvent, resourceIdOf } from '../../kernel/event-log.ts'
import type { Condition } from '../../kernel/filters.ts'
import { query } from '../../kernel/operation.ts'
import { alsoInput } from '../../kernel/paging.ts'
import { EventEntity } from './event.entity.ts'

export interface EventTally {
  /** The name of the events, or the id of what they are about. */
  readonly value: string
  /** What that was called last. */
  readonly label: string
  count: number
  first: Instant
  last: Instant
}

/** How many events there are of each name, or about each resource; the most frequent first. Looks at every one. */
export const tallyEvents = query('event.tally', {
  input: z.object({ ...alsoInput, by: z.enum(['event', 'resource']) }),
  needs: 'event:read',
  async run(ctx, { also = [], by }): Promise<EventTally[]> {
    const tallies = new Map<string, EventTally>()
    for await (const events of newestFirst(ctx, also)) {
      for (const event of events) {
        const value = by === 'event' ? event.event : resourceIdOf(event)
        const tally = tallies.get(value) ?? { value, label: labelOf(event, by), count: 0, first: event.occurred, last: event.occurred }
        tally.count += 1
        tally.first = event.occurred
        tallies.set(value, tally)
      }
    }
    return [...tallies.values()].toSorted((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1))
  },
})

type Tallied = Pick<LogEvent, 'event' | 'resource' | 'occurred' | 'seq'>

const labelOf = ({ event, resource }: Tallied, by: 'event' | 'resource'): string =>
  by === 'event' ? event : (resource['prefect.resource.name'] ?? resource['prefect.name'] ?? resourceIdOf({ resource }))

/** So few that a step does not keep others waiting. */
const STEP_EVENTS = 2_000

async function* newestFirst(ctx: Ctx, where: readonly Condition[]): AsyncGenerator<readonly Tallied[]> {
  let after: readonly [number, number] | undefined
  for (;;) {
    const events = (await ctx.read.select({
      entity: EventEntity,
      where,
      orderBy: [
        ['occurred', 'desc'],
        ['seq', 'desc'],
      ],
      properties: ['event', 'resource', 'occurred', 'seq'],
      ...(after ? { after } : {}),
      limit: STEP_EVENTS,
    })) as unknown as Tallied[]
    yield events
    if (events.length < STEP_EVENTS) return
    const last = events.at(-1)!
    after = [last.occurred, last.seq]
    await new Promise<void>(resolve => ctx.clock.nextTurn(resolve))
  }
}

const MOST_SPANS = 1000

/** How many events happened in each of up to 1000 spans. */
export const countEventsInSpans = query('event.count-in-spans', {
  input: z.object({ ...alsoInput, spans: z.array(z.tuple([z.int(), z.int()])).max(MOST_SPANS) }),
  needs: 'event:read',
  run: async (ctx, { also = [], spans }) =>
    (await ctx.read.countInSpans({ entity: EventEntity, where: also, property: 'occurred', spans })).counts,
})
