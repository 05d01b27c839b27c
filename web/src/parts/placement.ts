const GAP_PIXELS = 4
const EDGE_PIXELS = 8

export interface Placement {
  side?: 'below' | 'above'
  align?: 'start' | 'middle' | 'end'
}

/** Puts a fixed panel beside its anchor: on the other side where this one has no room, and never outside the window. */
export const placeBeside = (anchor: Element, panel: HTMLElement, { side = 'below', align = 'start' }: Placement = {}): void => {
  const around = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = panel
  const roomBelow = innerHeight - around.bottom - GAP_PIXELS - EDGE_PIXELS
  const roomAbove = around.top - GAP_PIXELS - EDGE_PIXELS
  const isBelow = side === 'below' ? height <= roomBelow || roomBelow >= roomAbove : height > roomAbove && roomBelow > roomAbove
  const left = { start: around.left, middle: around.left + (around.width - width) / 2, end: around.right - width }[align]
  const top = isBelow ? around.bottom + GAP_PIXELS : around.top - GAP_PIXELS - height
  panel.style.left = `${within(left, innerWidth - width)}px`
  panel.style.top = `${within(top, innerHeight - height)}px`
}

const within = (wanted: number, farthest: number) => Math.round(Math.max(EDGE_PIXELS, Math.min(wanted, farthest - EDGE_PIXELS)))

/**
 * For a `popover` panel which a button names as its `popovertarget`: placed when it opens and while the page moves below it.
 * The browser itself closes it by Escape or a click elsewhere, and gives the focus back.
 * `first` is what gets the focus as it opens: at once, since what somebody types meanwhile must not go elsewhere.
 */
export const besideItsButton =
  (placement: Placement, first: (panel: HTMLElement) => HTMLElement | null | undefined = () => undefined) =>
  (panel: HTMLElement): (() => void) => {
    const place = () => {
      const button = buttonOf(panel)
      if (button && panel.matches(':popover-open')) placeBeside(button, panel, placement)
    }
    const onToggle = (event: Event) => {
      const isOpen = (event as ToggleEvent).newState === 'open'
      buttonOf(panel)?.setAttribute('aria-expanded', String(isOpen))
      if (!isOpen) return
      for (const former of panel.querySelectorAll('[autofocus]')) former.removeAttribute('autofocus')
      first(panel)?.setAttribute('autofocus', '')
      // The panel has a size only after this event, and must be in its place before the next picture is drawn.
      requestAnimationFrame(place)
    }
    panel.addEventListener('beforetoggle', onToggle)
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      panel.removeEventListener('beforetoggle', onToggle)
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
    }
  }

export const buttonOf = (panel: HTMLElement): HTMLElement | null => document.querySelector(`[popovertarget="${panel.id}"]`)
