interface Ways {
  count: () => number
  /** A bar is clicked, or Enter pressed on it. */
  open: (index: number) => void
  /** Whether bars can be drawn out, here. */
  canSelect: () => boolean
  select: (first: number, last: number) => void
}

const DRAG_PIXELS = 4

/** On which bar of a chart somebody is, and which ones are being drawn out, by the pointer or by Shift and the arrow keys. */
export const createBarWalk = ({ count, open, canSelect, select }: Ways) => {
  let at = $state<number>()
  let anchor = $state.raw<{ index: number; x: number }>()
  let isDrawing = $state(false)

  const chosen = $derived(
    isDrawing && anchor !== undefined && at !== undefined
      ? { first: Math.min(anchor.index, at), last: Math.max(anchor.index, at) }
      : undefined,
  )
  const clamped = (index: number) => Math.min(count() - 1, Math.max(0, index))
  const forget = () => {
    anchor = undefined
    isDrawing = false
  }
  const leave = () => {
    forget()
    at = undefined
  }

  const step = (by: number, isDrawn: boolean) => {
    const from = at ?? (by > 0 ? -1 : count())
    at = clamped(from + by)
    if (!isDrawn || !canSelect()) return forget()
    anchor ??= { index: clamped(from), x: 0 }
    isDrawing = true
  }

  const enter = () => {
    if (at === undefined) return false
    if (!chosen) open(at)
    else {
      select(chosen.first, chosen.last)
      leave()
    }
    return true
  }

  return {
    get at() {
      return at
    },
    get chosen() {
      return chosen
    },
    leave,
    press(index: number, x: number) {
      anchor = { index: clamped(index), x }
    },
    move(index: number, x: number) {
      if (anchor === undefined) at = index >= 0 && index < count() ? index : undefined
      else {
        at = clamped(index)
        if (canSelect() && Math.abs(x - anchor.x) > DRAG_PIXELS) isDrawing = true
      }
    },
    release() {
      if (chosen) select(chosen.first, chosen.last)
      else if (anchor !== undefined) open(anchor.index)
      forget()
    },
    /** The pointer is gone; while it draws it is still followed. */
    out() {
      if (anchor === undefined) at = undefined
    },
    /** Answers whether the key meant something here. */
    key({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
      if (key === 'ArrowLeft' || key === 'ArrowRight') {
        step(key === 'ArrowLeft' ? -1 : 1, shiftKey)
        return true
      }
      if (key === 'Enter') return enter()
      const isSomewhere = anchor !== undefined || at !== undefined
      if (key === 'Escape') leave()
      return key === 'Escape' && isSomewhere
    },
  }
}
