import { attendFollower, leaveFollower, moveFollower } from '../core/followers/index.ts'
import {
  activePolicies,
  asksForSending,
  bookOf,
  changesPolicies,
  matchesOf,
  NOTIFIER,
  queueDeliveries,
} from '../core/notifications/index.ts'
import { rest } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/context.ts'
import type { LogEvent } from '../kernel/event-log.ts'
import { type Loop, startLoop, surroundingsOf } from './loop.ts'

const LOOK_MILLISECONDS = 1000
const LEASE_SECONDS = 15
const RENEW_MILLISECONDS = 5000
/** A place that nothing came of is written down this often, in events and in time: what lies behind it is looked at once more after a crash. */
const MOST_UNSAID = 5000
const SAY_MILLISECONDS = 5000
/** What comes soon after something was queued is queued together, since a transaction costs more than its rows: the more came, the longer is waited. */
const GATHER = { leastMilliseconds: 20, mostMilliseconds: 100, millisecondsEach: 4 } as const
/** Who is so many events behind gathers them anyway. */
const FAR_BEHIND = 500

/** Keeps true that each committed transition is in the outbox as the policies ask, once. Of all servers on a database one does it at a time. */
export const startNotifier = (ctx: Ctx, wakeDeliverer: () => void): Loop => {
  const holder = ctx.ids.uuid()
  return startLoop({
    name: NOTIFIER,
    everyMilliseconds: LOOK_MILLISECONDS,
    firstAfterMilliseconds: 0,
    ...surroundingsOf(ctx),
    run: signal => followAsLongAsOurs(ctx, { holder, signal, wakeDeliverer }),
  })
}

interface Term {
  readonly holder: string
  readonly signal: AbortSignal
  wakeDeliverer(): void
}

/** Returns when the server stops or another has taken the place; whatever fails ends the term, and the next begins at the stored place. */
async function followAsLongAsOurs(ctx: Ctx, term: Term): Promise<void> {
  const { holder, signal } = term
  const { isMine, seq, lost } = await attend(ctx, holder)
  if (!isMine) return
  if (lost) ctx.log.error({ lost }, 'The notifier has lost events: what they would have sent is not sent.')
  const end = new AbortController()
  const renewing = renew(ctx, holder, AbortSignal.any([signal, end.signal])).finally(() => end.abort())
  try {
    await fill(ctx, seq, term, AbortSignal.any([signal, end.signal]))
  } finally {
    end.abort()
    await renewing
    await leaveFollower(ctx, { name: NOTIFIER, holder })
  }
}

async function attend(ctx: Ctx, holder: string) {
  const { logId, newest, oldest } = await ctx.house.storage.heads()
  const log = { logId, newest: newest.events, oldest: oldest.events }
  return attendFollower(ctx, { name: NOTIFIER, holder, leaseSeconds: LEASE_SECONDS, log })
}

/** Ends when the place is not ours any more. */
async function renew(ctx: Ctx, holder: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await rest(ctx.clock, RENEW_MILLISECONDS, signal)
    if (signal.aborted) return
    const { isMine } = await attend(ctx, holder)
    ctx.house.serviceTicks.ticked(NOTIFIER, null)
    if (!isMine) return
  }
}

async function fill(ctx: Ctx, start: number, { holder, wakeDeliverer }: Term, signal: AbortSignal): Promise<void> {
  let book = bookOf(await activePolicies(ctx, {}))
  let said = start
  let saidAt = ctx.clock.elapsed()
  const say = async (to: number) => {
    if (to > said) await moveFollower(ctx, { name: NOTIFIER, holder, from: said, to })
    said = to
    saidAt = ctx.clock.elapsed()
  }
  for await (const { entries, upTo } of ctx.house.events.follow(start, signal, { isService: true })) {
    if (entries.some(asksForSending)) wakeDeliverer()
    let count = 0
    for (const stretch of stretchesOf(entries)) {
      if (changesPolicies(stretch[0]!)) book = bookOf(await activePolicies(ctx, {}))
      const matches = stretch.flatMap(event => matchesOf(book, event))
      if (matches.length === 0) continue
      const to = stretch.at(-1)!.seq
      const queued = await queueDeliveries(ctx, { holder, from: said, to, matches })
      said = to
      saidAt = ctx.clock.elapsed()
      count += queued
      if (queued > 0) wakeDeliverer()
    }
    if (upTo - said >= MOST_UNSAID || ctx.clock.elapsed() - saidAt >= SAY_MILLISECONDS) await say(upTo)
    if (count > 0 && ctx.house.events.newest - upTo < FAR_BEHIND) await rest(ctx.clock, gatherMilliseconds(count), signal)
    if (signal.aborted) return
  }
}

const gatherMilliseconds = (count: number): number =>
  Math.min(GATHER.mostMilliseconds, GATHER.leastMilliseconds + count * GATHER.millisecondsEach)

/** A page cut before each change of a policy: what comes behind it is judged by the policies as they are then. */
export function stretchesOf(entries: readonly LogEvent[]): LogEvent[][] {
  const stretches: LogEvent[][] = []
  for (const event of entries) {
    if (stretches.length === 0 || changesPolicies(event)) stretches.push([event])
    else stretches.at(-1)!.push(event)
  }
  return stretches
}
