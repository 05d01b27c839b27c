import type { Clock } from '../kernel/clock.ts'

/** Wakes somebody who waits for work. One that was rung while nobody waited is heard by the next who does. */
export interface Bell {
  ring(): void
  /** Resolves when it rings, or after the time, or when the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

export function createBell(clock: Clock): Bell {
  let isRung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      isRung = true
      wake?.()
    },
    async wait(milliseconds, signal) {
      if (!isRung && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const go = () => resolve()
        const timer = clock.after(milliseconds, go)
        wake = go
        signal.addEventListener('abort', go, { once: true })
        await promise
        signal.removeEventListener('abort', go)
        timer.stop()
        wake = undefined
      }
      isRung = false
    },
  }
}
