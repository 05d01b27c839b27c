import type { ObjectRef } from '@pothos/core'
import type { Ctx } from '../../kernel/context.ts'
import { type Cursor, decodeCursor, encodeCursor, type Gap, type GapReason, resume } from '../../kernel/cursor.ts'
import { invalidAt } from '../../kernel/errors.ts'
import { authorise, type Operation } from '../../kernel/operation.ts'
import type { LogEntry, LogName } from '../../kernel/storage.ts'
import type { Stream } from '../../kernel/stream.ts'
import { asks, builder, type GraphqlContext } from './builder.ts'
import type { Types } from './connections.ts'
import type { Position } from './trunk.ts'

/** What a subscription sends: a batch, and the cursor that resumes behind it. */
export interface Frame<Item> {
  readonly cursor: string
  readonly items: readonly Item[]
  readonly gap: Gap | null
}

/** While there is much to say, frames are at least this far apart; when it is calm a change goes out at once. */
const GATHER_MILLISECONDS = 30

const GapReasonRef = builder.enumType('GapReason', {
  description: 'Why something may have been missed.',
  values: {
    RESET: { description: 'The cursor belongs to another history: the database was reset or restored.' },
    EXPIRED: { description: 'What follows the cursor was older than retention and is gone.' },
    SLOW_CONSUMER: { description: 'The client read too slowly for too long.' },
  } satisfies Record<GapReason, { description: string }>,
})

export const GapRef = builder.objectRef<Gap>('Gap').implement({
  description: 'Something may have been missed: read the list again and continue from its cursor.',
  fields: t => ({
    reason: t.field({ type: GapReasonRef, description: 'Why.', resolve: gap => gap.reason }),
    resumeFrom: t.field({ type: 'Cursor', description: 'Where this subscription goes on.', resolve: gap => encodeCursor(gap.resumeFrom) }),
  }),
})

/** The payload type of a subscription: cursor, the items under their noun, gap. */
export const frameType = <Item>(
  name: string,
  itemsField: string,
  item: ObjectRef<Types, Item>,
  description: string,
): ObjectRef<Types, Frame<Item>> =>
  builder.objectRef<Frame<Item>>(name).implement({
    description,
    fields: t => ({
      cursor: t.field({ type: 'Cursor', description: 'Pass it as `after` to continue behind this batch.', resolve: frame => frame.cursor }),
      [itemsField]: t.field({
        type: [item],
        description: 'What happened, oldest first. Empty in the frame that tells of a gap.',
        resolve: frame => frame.items as never,
      }),
      gap: t.field({
        type: GapRef,
        nullable: true,
        description: 'Set when something may have been missed before this batch.',
        resolve: frame => frame.gap,
      }),
    }),
  })

export const Delivery = builder.enumType('Delivery', {
  description: 'How much of a busy stream a subscriber wants.',
  values: {
    EVERY: { description: 'Every change.' },
    LATEST_PER_OBJECT: { description: 'Of the changes gathered in one batch, only the last of each object.' },
  },
})

export const afterDescription =
  'A cursor of an earlier batch, or of a list. Everything behind it is sent first; left out, only what happens from now on.'

interface Live<Entry extends LogEntry, Item, Args> {
  readonly log: LogName
  /** The query that this subscription continues: who may not ask it may not follow. */
  readonly continues: Pick<Operation, 'operation'>
  stream(ctx: Ctx): Stream<Entry>
  /** What the entries of one page mean to this subscriber; may be nothing. */
  items(ctx: Ctx, entries: readonly Entry[], args: Args): Promise<readonly Item[]>
}

/** The last of each object, oldest first. */
export function latestPer<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[] {
  const latest = new Map<unknown, Item>()
  for (const item of items) {
    const key = keyOf(item)
    latest.delete(key)
    latest.set(key, item)
  }
  return [...latest.values()]
}

type LiveArgs = { readonly after?: string | null | undefined }

/** Follows a log for one subscriber, from its cursor to the live end and on. */
export function follow<Entry extends LogEntry, Item, Args extends LiveArgs>(
  { ctx, position }: GraphqlContext,
  args: Args,
  live: Live<Entry, Item, Args>,
): AsyncIterableIterator<Frame<Item>> {
  authorise(ctx, live.continues.operation)
  return abortable(signal => frames(ctx, args, live, signal, position ?? { ...unwatched, after: args.after ?? undefined }))
}

const unwatched: Omit<Position, 'after'> = { passed: () => undefined, reaching: () => undefined }

/** A subscription field made with `follow`: equal ones are executed once. */
export const follows = (operation: Parameters<typeof asks>[0]) => ({ ...asks(operation), isShared: true })

async function* frames<Entry extends LogEntry, Item, Args extends LiveArgs>(
  ctx: Ctx,
  args: Args,
  live: Live<Entry, Item, Args>,
  signal: AbortSignal,
  position: Position,
): AsyncGenerator<Frame<Item>, void, undefined> {
  const { until = Number.POSITIVE_INFINITY } = position
  const stream = live.stream(ctx)
  const { from, gap } = await start(ctx, position.after, live.log, stream)
  const at = (seq: number): Cursor => ({ logId: ctx.house.logId, log: live.log, seq })
  if (gap) yield { cursor: encodeCursor(gap.resumeFrom), items: [], gap }
  position.passed(at(from))
  if (from >= until) return
  for await (const { entries, upTo } of stream.follow(from, signal)) {
    const place = at(Math.min(upTo, until))
    const own = entries.filter(
      entry => entry.seq <= until && (entry as unknown as { workspaceId: string }).workspaceId === ctx.workspace.id,
    )
    const items = own.length > 0 ? await live.items(ctx, own, args) : []
    if (items.length === 0) position.passed(place)
    else {
      position.reaching(place)
      yield { cursor: encodeCursor(place), items, gap: null }
    }
    if (upTo >= until) return
    if (items.length > 0) await pause(ctx, GATHER_MILLISECONDS)
  }
}

/** Where a subscriber begins, and what it has lost before that. */
export async function start<Entry extends LogEntry>(ctx: Ctx, after: string | null | undefined, log: LogName, stream: Stream<Entry>) {
  if (after === null || after === undefined) return { from: stream.newest }
  const cursor = decodeCursor(after)
  if (!cursor) throw invalidAt(['after'], 'is not a cursor of this server')
  if (cursor.log !== log) throw invalidAt(['after'], `is a cursor of the ${cursor.log}, and this subscription follows the ${log}`)
  const { logId, newest, oldest } = await ctx.house.storage.heads()
  return resume(cursor, { logId, log, newest: newest[log], oldest: oldest[log] })
}

export const pause = (ctx: Ctx, milliseconds: number): Promise<void> => new Promise(resolve => void ctx.clock.after(milliseconds, resolve))

/** `return()` of a plain generator waits for the event it is waiting for; a subscriber that leaves must not. */
export function abortable<T>(produce: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>): AsyncIterableIterator<T> {
  const controller = new AbortController()
  const inner = produce(controller.signal)
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: () => inner.next(),
    return() {
      controller.abort()
      return inner.return()
    },
  }
}
