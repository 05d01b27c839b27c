import { z } from 'zod'
import { eventSubject, listEvents } from '../../../core/events/index.ts'
import { type Instant, seconds } from '../../../kernel/clock.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { LogEvent } from '../../../kernel/event-log.ts'
import { atMost, type Condition, matches } from '../../../kernel/filters.ts'
import { authorise } from '../../../kernel/operation.ts'
import { eventToWire } from '../event-wire.ts'
import { between, eventFilter } from '../filters/event-filter.ts'
import type { Outlet } from './outlet.ts'

/** However long ago a listener begins. */
const LONGEST_BACKFILL_SECONDS = 15 * 60

const asked = z.object({ filter: eventFilter, backfill: z.boolean().nullish() })

/** `/events/out`: what was stored in the last quarter of an hour, unless it is not wanted, and then what happens. */
export const eventsOut: Outlet = {
  path: '/api/events/out',
  noun: 'event',
  async *open(ctx, frame, signal) {
    const { filter, backfill } = asked.parse(frame)
    authorise(ctx, listEvents.operation)
    const range = { ...filter, since: since(ctx, filter.since) }
    const conditions = [...filter.conditions, ...between(range)]
    const { newest } = ctx.house.events
    if (backfill ?? true) yield* stored(ctx, [...conditions, ...atMost('seq', newest)])
    for await (const { entries } of ctx.house.events.follow(newest, signal)) {
      const own = entries.filter(event => event.workspaceId === ctx.workspace.id && matches(conditions, eventSubject(event)))
      if (own.length > 0) yield own.map(eventToWire)
    }
  },
}

const since = (ctx: Ctx, wanted: Instant | undefined): Instant => Math.max(wanted ?? 0, ctx.clock.now() - seconds(LONGEST_BACKFILL_SECONDS))

async function* stored(ctx: Ctx, also: readonly Condition[]): AsyncGenerator<ReturnType<typeof eventToWire>[]> {
  let after: string | undefined
  do {
    const { nodes, cursors, hasNextPage } = await listEvents(ctx, { also: [...also], first: 200, after, orderBy: 'OCCURRED_ASC' })
    if (nodes.length > 0) yield nodes.map((event: LogEvent) => eventToWire(event))
    after = hasNextPage ? cursors.at(-1) : undefined
  } while (after !== undefined)
}
