import type { Ctx } from '../../kernel/context.ts'
import { encodeCursor, type Gap } from '../../kernel/cursor.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { authorise, type Operation } from '../../kernel/operation.ts'
import type { GraphqlContext } from './builder.ts'
import { abortable, pause, start } from './live.ts'

export interface SnapshotFrame<Snapshot> {
  readonly cursor: string
  readonly snapshot: Snapshot
  /** What this subscriber was sent before; undefined the first time. */
  readonly previous: Snapshot | undefined
  readonly gap: Gap | null
}

interface LiveSnapshot<Snapshot> {
  readonly continues: Pick<Operation, 'operation'>
  /** Equal subscriptions share what is read. */
  readonly key: string
  isNews(event: LogEvent): boolean
  read(ctx: Ctx): Promise<Snapshot & { readonly asOf: number }>
}

/** Frames are at least this far apart, and so far that reading takes a tenth of the time at most. */
const CALM_MILLISECONDS = 100
const SHARE_OF_TIME = 10

/** What something is now, and again whenever an event may have changed it: whole and absolute, hence nothing to miss. */
export function followSnapshot<Snapshot>(
  { ctx, shared }: GraphqlContext,
  after: string | null | undefined,
  live: LiveSnapshot<Snapshot>,
): AsyncIterableIterator<SnapshotFrame<Snapshot>> {
  authorise(ctx, live.continues.operation)
  return abortable(signal => frames(ctx, shared, after, live, signal))
}

async function* frames<Snapshot>(
  ctx: Ctx,
  shared: SharedSnapshots,
  after: string | null | undefined,
  live: LiveSnapshot<Snapshot>,
  signal: AbortSignal,
): AsyncGenerator<SnapshotFrame<Snapshot>, void, undefined> {
  const { from, gap } = await start(ctx, after, 'events', ctx.house.events)
  const cursorAt = (seq: number) => encodeCursor({ logId: ctx.house.logId, log: 'events', seq })
  let previous: Snapshot | undefined
  let known = -1
  let readMilliseconds = 0
  const frame = async (needed: number, lost: Gap | null): Promise<SnapshotFrame<Snapshot>> => {
    const beganAt = ctx.clock.now()
    const snapshot = await shared.read(`${ctx.workspace.id} ${live.key}`, needed, () => live.read(ctx))
    readMilliseconds = (ctx.clock.now() - beganAt) / 1000
    const sent = { cursor: cursorAt(snapshot.asOf), snapshot, previous, gap: lost }
    previous = snapshot
    known = snapshot.asOf
    return sent
  }
  if (gap || !after) yield await frame(from, gap ?? null)
  for await (const { entries, upTo } of ctx.house.events.follow(from, signal)) {
    if (upTo <= known || !entries.some(event => event.workspaceId === ctx.workspace.id && live.isNews(event))) continue
    yield await frame(upTo, null)
    await pause(ctx, Math.max(CALM_MILLISECONDS, readMilliseconds * SHARE_OF_TIME))
  }
}

/** Snapshots that many subscribers look at, each read once for all who need it. */
export interface SharedSnapshots {
  read<Snapshot extends { readonly asOf: number }>(key: string, needed: number, read: () => Promise<Snapshot>): Promise<Snapshot>
}

export function createSharedSnapshots(): SharedSnapshots {
  const underWay = new Map<string, Promise<{ readonly asOf: number }>>()
  return {
    async read(key, needed, read) {
      for (let current = underWay.get(key); current !== undefined; current = underWay.get(key)) {
        const snapshot = await current.catch(() => undefined)
        if (snapshot !== undefined && snapshot.asOf >= needed) return snapshot as never
        if (underWay.get(key) === current) underWay.delete(key)
      }
      const mine = read()
      underWay.set(key, mine)
      try {
        return await mine
      } finally {
        if (underWay.get(key) === mine) underWay.delete(key)
      }
    },
  }
}
