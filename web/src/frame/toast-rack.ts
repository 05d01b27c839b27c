import type { Scheduler } from '../live/schedule.ts'
import type { StateType } from '../parts/states.ts'

export interface Toast {
  /** What happened, without the name of the thing: "Cancelled". */
  text: string
  /** The thing it happened to, shown in bold behind the text. */
  name?: string
  state?: { type: StateType; name?: string }
  action?: { label: string; run: () => void }
  /** Takes it back. While it can, the seconds left are shown. */
  undo?: () => void
  /** Stays until it is closed. */
  isError?: boolean
  /** When it is gone, for whatever reason: what waited for a change of mind is done now, or not. */
  gone?: (wasUndone: boolean) => void
}

export interface ShownToast extends Toast {
  id: number
  secondsLeft: number | undefined
}

const SECONDS = 6
const TICK_MILLISECONDS = 1_000

/** One toast at a time; the next one takes the place of the one before. */
export const createToastRack = (scheduler: Scheduler, changed: (shown: ShownToast | undefined) => void) => {
  let shown: ShownToast | undefined
  let isHeld = false
  let cancelTick: (() => void) | undefined
  let made = 0

  const show = (next: ShownToast | undefined) => {
    shown = next
    changed(shown)
  }

  const remove = (wasUndone: boolean) => {
    const before = shown
    cancelTick?.()
    isHeld = false
    show(undefined)
    before?.gone?.(wasUndone)
  }

  const tick = () => {
    if (shown?.secondsLeft === undefined) return
    if (!isHeld && shown.secondsLeft <= 1) return remove(false)
    if (!isHeld) show({ ...shown, secondsLeft: shown.secondsLeft - 1 })
    cancelTick = scheduler.after(TICK_MILLISECONDS, tick)
  }

  return {
    show(toast: Toast) {
      if (shown) remove(false)
      made += 1
      show({ ...toast, id: made, secondsLeft: toast.isError ? undefined : SECONDS })
      cancelTick = toast.isError ? undefined : scheduler.after(TICK_MILLISECONDS, tick)
    },
    /** While somebody is at it, it does not go. */
    hold(isNowHeld: boolean) {
      isHeld = isNowHeld
    },
    undo() {
      const undo = shown?.undo
      if (undo === undefined) return
      remove(true)
      undo()
    },
    act() {
      const run = shown?.action?.run
      remove(false)
      run?.()
    },
    close() {
      if (shown) remove(false)
    },
  }
}
