import { browserScheduler } from '../live/schedule.ts'
import { createShortcuts, type Shortcut, type ShortcutGroup } from './shortcut-keys.ts'

let groups = $state.raw<readonly ShortcutGroup[]>([])
const shortcuts = createShortcuts(browserScheduler, next => {
  groups = next
})

/** What the sheet lists. */
export const shortcutGroups = {
  get current() {
    return groups
  },
}

/** Called by a component when it is made: its keys hold, and are listed, for as long as it is on the page. */
export const useShortcuts = (title: string, own: readonly Shortcut[]): void => {
  $effect.pre(() => shortcuts.add({ title, shortcuts: own }))
}

export const startShortcuts = (): void => addEventListener('keydown', onKey)

const onKey = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (isTakenByTarget(event)) return
  if (shortcuts.press(event.key)) event.preventDefault()
}

const typing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]'

/** Somebody is typing, chooses in a menu or a dialog, or presses the very thing that has the focus. */
const isTakenByTarget = ({ target, key }: KeyboardEvent): boolean => {
  if (document.querySelector('dialog[open]') !== null) return true
  if (!(target instanceof Element)) return false
  if (target.closest(`${typing}, [popover]:not(.toasts)`) !== null) return true
  return (key === 'Enter' || key === ' ') && target.closest('a, button, input, summary') !== null
}
