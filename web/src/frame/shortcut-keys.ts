import type { Scheduler } from '../live/schedule.ts'

export interface Shortcut {
  /** One key by its name in a keyboard event ("j", "?", "ArrowDown"), or two one after the other ("g r"). */
  keys: string
  /** What it does, for the sheet: "Open the run". */
  does: string
  run: () => void
  /** Now, it would do nothing: the key is left alone. */
  isOff?: () => boolean
}

export interface ShortcutGroup {
  /** Where they hold; an empty one is not listed. */
  title: string
  shortcuts: readonly Shortcut[]
}

const SECOND_KEY_WITHIN_MILLISECONDS = 1_500

/** Which shortcut a key means. Of two with the same keys the one added last wins: a page's before the frame's. */
export const createShortcuts = (scheduler: Scheduler, changed: (groups: readonly ShortcutGroup[]) => void) => {
  let groups: readonly ShortcutGroup[] = []
  let first: { key: string; at: number } | undefined

  const become = (next: readonly ShortcutGroup[]) => {
    groups = next
    changed(groups)
  }

  const find = (keys: string) =>
    groups
      .toReversed()
      .flatMap(({ shortcuts }) => shortcuts)
      .find(shortcut => shortcut.keys === keys && !shortcut.isOff?.())

  const begins = (key: string) => groups.some(({ shortcuts }) => shortcuts.some(({ keys }) => keys.startsWith(`${key} `)))

  return {
    add(group: ShortcutGroup) {
      become([...groups, group])
      return () => become(groups.filter(other => other !== group))
    },
    /** Answers whether the key meant something here. */
    press(key: string): boolean {
      const before = first !== undefined && scheduler.now() - first.at <= SECOND_KEY_WITHIN_MILLISECONDS ? first.key : undefined
      first = undefined
      const shortcut = (before === undefined ? undefined : find(`${before} ${key}`)) ?? find(key)
      if (shortcut !== undefined) {
        shortcut.run()
        return true
      }
      if (!begins(key)) return false
      first = { key, at: scheduler.now() }
      return true
    },
  }
}
