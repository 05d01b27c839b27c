import { useShortcuts } from './shortcuts.svelte.ts'

/** Walks the rows of a list by what can have the focus in each: `j` and `k` from anywhere, the arrows once a row has it. */
export const useRowShortcuts = (title: string, one: string, rows: () => readonly HTMLElement[]): void => {
  const placeNow = () => rows().indexOf(document.activeElement as HTMLElement)
  const walk = (step: number) => () => {
    const at = placeNow()
    rows()[at < 0 ? 0 : at + step]?.focus()
  }
  const isOff = () => placeNow() < 0
  useShortcuts(title, [
    { keys: 'j', does: `Next ${one}`, run: walk(1) },
    { keys: 'k', does: `${one} before`.replace(/^./, letter => letter.toUpperCase()), run: walk(-1) },
  ])
  useShortcuts('', [
    { keys: 'ArrowDown', does: `Next ${one}`, run: walk(1), isOff },
    { keys: 'ArrowUp', does: 'The one before', run: walk(-1), isOff },
  ])
}
