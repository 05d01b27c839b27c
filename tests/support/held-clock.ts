import { type Clock, systemClock, type Timer } from '../../src/kernel/clock.ts'

/** What is due in exactly so many milliseconds waits in `due` until the test lets it; all else goes off as ever. */
export function heldClock(held: number): { readonly clock: Clock; readonly due: ReadonlySet<() => void> } {
  const due = new Set<() => void>()
  const after = (milliseconds: number, task: () => void): Timer => {
    if (milliseconds !== held) return systemClock.after(milliseconds, task)
    due.add(task)
    return { stop: () => void due.delete(task) }
  }
  return { clock: { ...systemClock, after }, due }
}
