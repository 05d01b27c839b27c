import { useShortcuts } from '../../frame/shortcuts.svelte.ts'
import { linkTo } from '../../links.ts'
import { navigate } from '../../router.svelte.ts'
import type { Selection } from './list-selection.svelte.ts'

interface Surroundings {
  /** The ids of the rows, from the top. */
  order: () => readonly string[]
  selection: Selection
  /** Brings a row into view and gives it the focus, by its place. */
  moveTo: (place: number) => void
}

/** The keys of a list of runs: to walk it, to choose from it and to open a run. */
export const useListKeys = ({ order, selection, moveTo }: Surroundings): void => {
  // Where the keyboard is, or was last: a row that is scrolled away loses the focus, not its place.
  let cursor = ''
  $effect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      cursor = runIdOf(target) ?? cursor
    }
    addEventListener('focusin', onFocus)
    return () => removeEventListener('focusin', onFocus)
  })

  const step = (by: number) => {
    const ids = order()
    const at = ids.indexOf(cursor)
    const place = at < 0 ? 0 : Math.max(0, Math.min(at + by, ids.length - 1))
    cursor = ids[place] ?? cursor
    moveTo(place)
  }
  const isNowhere = () => !order().includes(cursor)
  // Arrows scroll the page until a row has the focus; the letters reach for the first row from anywhere.
  const isOutside = () => runIdOf(document.activeElement) === undefined

  useShortcuts('Runs', [
    { keys: 'j', does: 'Next run', run: () => step(1) },
    { keys: 'k', does: 'Run before', run: () => step(-1) },
    { keys: 'ArrowDown', does: 'Next run, from a run', run: () => step(1), isOff: isOutside },
    { keys: 'ArrowUp', does: 'Run before, from a run', run: () => step(-1), isOff: isOutside },
    { keys: 'o', does: 'Open the run', run: () => navigate(linkTo.flowRun(cursor)), isOff: isNowhere },
    { keys: 'x', does: 'Choose the run', run: () => selection.toggle(cursor, order(), false), isOff: isNowhere },
    { keys: 'X', does: 'Choose all up to the run', run: () => selection.toggle(cursor, order(), true), isOff: isNowhere },
    { keys: 'a', does: 'Choose all shown', run: () => selection.choose(order()), isOff: () => order().length === 0 },
    { keys: 'Escape', does: 'Choose none', run: selection.clear, isOff: () => selection.isEmpty },
  ])
}

const runIdOf = (target: unknown): string | undefined => (target instanceof HTMLElement ? target.dataset.run : undefined)
