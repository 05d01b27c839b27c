import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import { seconds } from '../../kernel/clock.ts'
import type { MutationCtx } from '../../kernel/context.ts'
import { conflict } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { chore } from '../../kernel/operation.ts'
import { Follower } from './follower.entity.ts'

/** What a follower has lost: events between `seq` and `oldest`, or all before this history began. */
export interface LostEvents {
  readonly reason: 'RESET' | 'EXPIRED'
  readonly from: number
  readonly to: number
}

export interface Attendance {
  /** Whether this server follows, and not another. */
  readonly isMine: boolean
  /** The last place that was dealt with. */
  readonly seq: number
  readonly lost: LostEvents | null
}

/** The event log as `storage.heads()` tells: asked before, since a transaction has the database for itself. */
const logHeads = z.object({ logId: uuid, newest: z.int(), oldest: z.int() })

/**
 * Takes the place of a follower, or keeps it, until the lease ends. One that is new begins at the end of the log. One whose place is gone goes on at what
 * there is, and is told what it has lost.
 */
export const attendFollower = chore('follower.attend', {
  input: z.object({ name: z.string(), holder: uuid, leaseSeconds: z.number().positive(), log: logHeads }),
  needs: 'follower:admin',
  async run(ctx, { name, holder, leaseSeconds, log }): Promise<Attendance> {
    const now = ctx.clock.now()
    const leaseUntil = now + seconds(leaseSeconds)
    const found = await ctx.em.findOne(Follower, { name }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!found) {
      ctx.em.create(Follower, { name, logId: log.logId, seq: log.newest, holder, leaseUntil })
      return { isMine: true, seq: log.newest, lost: null }
    }
    if (found.holder !== holder && found.leaseUntil > now) return { isMine: false, seq: found.seq, lost: null }
    const lost = lostBy(found, log)
    Object.assign(found, { holder, leaseUntil }, lost ? { logId: log.logId, seq: lost.to } : {})
    return { isMine: true, seq: found.seq, lost }
  },
})

/** What lies between the place of a follower and the log as it is. */
export function lostBy(
  place: { readonly logId: string; readonly seq: number },
  log: { readonly logId: string; readonly newest: number; readonly oldest: number },
): LostEvents | null {
  if (place.logId !== log.logId || place.seq > log.newest) return { reason: 'RESET', from: 0, to: log.newest }
  return place.seq < log.oldest - 1 ? { reason: 'EXPIRED', from: place.seq, to: log.oldest - 1 } : null
}

/** Gives the place up, so that another need not wait for the end of the lease. */
export const leaveFollower = chore('follower.leave', {
  input: z.object({ name: z.string(), holder: uuid }),
  needs: 'follower:admin',
  async run(ctx, { name, holder }): Promise<void> {
    await ctx.em.nativeUpdate(Follower, { name, holder }, { leaseUntil: ctx.clock.now() })
  },
})

/** Says that all up to `to` is dealt with, where nothing came of it. */
export const moveFollower = chore('follower.move', {
  input: z.object({ name: z.string(), holder: uuid, from: z.int(), to: z.int() }),
  needs: 'follower:admin',
  run: (ctx, move): Promise<void> => moveInside(ctx, move),
})

/** The same in the transaction of what came of it: both are there, or neither. CONFLICT when another server has taken the place. */
export async function moveInside(
  ctx: MutationCtx,
  { name, holder, from, to }: { readonly name: string; readonly holder: string; readonly from: number; readonly to: number },
): Promise<void> {
  const moved = await ctx.em.nativeUpdate(Follower, { name, holder, seq: from }, { seq: to })
  if (moved !== 1) throw conflict(`Another server follows the log as ${name} by now.`, { name })
}
