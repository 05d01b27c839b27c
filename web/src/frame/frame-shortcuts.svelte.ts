import { pause } from '../live/pause.svelte.ts'
import { navigate } from '../router.svelte.ts'
import { allDestinations } from './destinations.ts'
import { overlay } from './overlay.svelte.ts'
import { useShortcuts } from './shortcuts.svelte.ts'
import { appearance } from './theme.svelte.ts'

/** Ctrl or Command: the key that is held on this machine. */
export const heldKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'

/** The keys that hold on every page. Those with a held key hold also while somebody types. */
export const useFrameShortcuts = (): void => {
  useShortcuts('Go to', jumps())
  useShortcuts('Everywhere', [
    { keys: '/', does: 'Filter what the page lists', run: () => filterField()?.focus(), isOff: () => filterField() === null },
    { keys: '.', does: 'Pause what is live, or let it go on', run: pause.toggle },
    { keys: '?', does: 'Show these shortcuts', run: () => (overlay.open = 'shortcuts') },
  ])
  $effect(() => {
    addEventListener('keydown', onHeldKey)
    return () => removeEventListener('keydown', onHeldKey)
  })
}

export const heldShortcuts = [
  { keys: `${heldKey} k`, does: 'Find or do anything' },
  { keys: `${heldKey} b`, does: 'Narrow or widen the rail' },
]

const jumps = () =>
  allDestinations.flatMap(({ key, label, href }) =>
    key === undefined ? [] : [{ keys: `g ${key}`, does: label, run: () => navigate(href) }],
  )

const filterField = () => document.querySelector<HTMLElement>('[data-shortcut="filter"]')

const held: Record<string, () => void> = {
  k: () => (overlay.open = overlay.open === 'palette' ? undefined : 'palette'),
  b: () => (appearance.isRailNarrow = !appearance.isRailNarrow),
}

const onHeldKey = (event: KeyboardEvent) => {
  const run = event.ctrlKey !== event.metaKey && !event.shiftKey && !event.altKey ? held[event.key.toLowerCase()] : undefined
  if (run === undefined) return
  event.preventDefault()
  run()
}
