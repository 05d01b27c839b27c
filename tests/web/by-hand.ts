import type { Scheduler } from '../../web/src/live/schedule.ts'

/** A scheduler whose time and frames move only when the test says so. */
export const schedulerByHand = () => {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  let frames: (() => void)[] = []
  const scheduler: Scheduler = {
    now: () => now,
    random: () => 0.5,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run }
      timers.push(timer)
      return () => {
        timers = timers.filter(other => other !== timer)
      }
    },
    nextFrame(run) {
      frames.push(run)
      return () => {
        frames = frames.filter(other => other !== run)
      }
    },
  }
  return {
    scheduler,
    async advance(milliseconds: number) {
      now += milliseconds
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
      await settled()
    },
    frame() {
      const due = frames
      frames = []
      for (const run of due) run()
      return due.length
    },
    waiting: () => timers.length + frames.length,
  }
}

/** Lets every promise already resolved run its course. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
