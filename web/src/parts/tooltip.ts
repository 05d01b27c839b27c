import { type Placement, placeBeside } from './placement.ts'

const WAIT_MILLISECONDS = 300

/** Says more about a thing while the pointer or the focus is on it: `<button {@attach tooltip('…')}>`. Never the only place of a fact. */
export const tooltip =
  (text: string, placement: Placement = { side: 'above', align: 'middle' }) =>
  (anchor: HTMLElement): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let panel: HTMLElement | undefined

    const show = () => {
      panel ??= makePanel(text)
      anchor.setAttribute('aria-describedby', panel.id)
      panel.showPopover()
      placeBeside(anchor, panel, placement)
    }
    const hide = () => {
      clearTimeout(timer)
      anchor.removeAttribute('aria-describedby')
      panel?.remove()
      panel = undefined
    }
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(show, WAIT_MILLISECONDS)
    }
    const onFocus = () => anchor.matches(':focus-visible') && wait()
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide()

    const listeners: [string, (event: never) => void][] = [
      ['pointerenter', wait],
      ['pointerleave', hide],
      ['pointerdown', hide],
      ['focus', onFocus],
      ['blur', hide],
      ['keydown', onKey],
    ]
    for (const [name, listener] of listeners) anchor.addEventListener(name, listener as EventListener)
    return () => {
      hide()
      for (const [name, listener] of listeners) anchor.removeEventListener(name, listener as EventListener)
    }
  }

let made = 0
const makePanel = (text: string): HTMLElement => {
  const panel = document.createElement('div')
  made += 1
  panel.id = `tooltip-${made}`
  panel.role = 'tooltip'
  panel.popover = 'manual'
  panel.className = 'floating tooltip'
  panel.textContent = text
  document.body.append(panel)
  return panel
}
