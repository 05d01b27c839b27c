import type { Scheduler } from './schedule.ts'

/** Whether anybody looks at what is live, and wants it to move. */
export interface Attention {
  /** The tab has been hidden for a while: nothing is followed, and nothing is asked. */
  readonly isAway: boolean
  /** By hand: changes are held back. */
  readonly isPaused: boolean
  /** How many changes are held back. */
  readonly heldCount: number
  subscribe(listener: () => void): () => void
  hide(isHidden: boolean): void
  pause(isPaused: boolean): void
  /** Told by each view of itself. */
  hold(view: object, count: number): void
}

/** Who only looks something up elsewhere finds everything as it was. */
const GRACE_MILLISECONDS = 10_000

export const createAttention = (scheduler: Scheduler): Attention => {
  const listeners = new Set<() => void>()
  const held = new Map<object, number>()
  let isAway = false
  let isPaused = false
  let cancelLeaving: (() => void) | undefined

  const tell = () => listeners.forEach(listener => listener())
  const become = (away: boolean) => {
    if (away === isAway) return
    isAway = away
    tell()
  }

  return {
    get isAway() {
      return isAway
    },
    get isPaused() {
      return isPaused
    },
    get heldCount() {
      return [...held.values()].reduce((sum, count) => sum + count, 0)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hide(isHidden) {
      cancelLeaving?.()
      cancelLeaving = isHidden ? scheduler.after(GRACE_MILLISECONDS, () => become(true)) : undefined
      if (!isHidden) become(false)
    },
    pause(paused) {
      if (paused === isPaused) return
      isPaused = paused
      tell()
    },
    hold(view, count) {
      if ((held.get(view) ?? 0) === count) return
      if (count === 0) held.delete(view)
      else held.set(view, count)
      tell()
    },
  }
}
