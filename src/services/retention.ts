import { sweepDeliveries } from '../core/notifications/index.ts'
import { expiryAt, sweepRetention } from '../core/retention/index.ts'
import { rest, seconds } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/context.ts'
import { type Loop, startLoop, surroundingsOf } from './loop.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const DAY_SECONDS = 86_400

/** Keeps true that nothing is older than the settings let it be, give or take an hour. */
export const startRetention = (ctx: Ctx): Loop =>
  startLoop({
    name: 'retention',
    everyMilliseconds: HOUR,
    firstAfterMilliseconds: MINUTE,
    ...surroundingsOf(ctx),
    run: signal => sweepAll(ctx, signal),
  })

/** Step by step, resting as long as each step took, so that others have half of the time at least. */
export async function sweepAll(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const { settings } = ctx.house
  const expiry = expiryAt(ctx.clock.now(), settings)
  await stepByStep(ctx, signal, () => sweepRetention(ctx, expiry))
  const days = settings.retentionNotificationsDays
  if (days > 0) await stepByStep(ctx, signal, () => sweepDeliveries(ctx, { before: ctx.clock.now() - seconds(days * DAY_SECONDS) }))
}

async function stepByStep(ctx: Ctx, signal: AbortSignal, step: () => Promise<{ readonly isDone: boolean }>): Promise<void> {
  while (!signal.aborted) {
    const start = ctx.clock.elapsed()
    const { isDone } = await step()
    if (isDone) return
    await rest(ctx.clock, ctx.clock.elapsed() - start, signal)
  }
}
