import type { FrameSink } from './live-view.ts'
import { browserScheduler } from './schedule.ts'

export interface Heard {
  cursor: string
  /** Whether something has changed, or may have been missed. */
  isNews: boolean
}

/**
 * For lists whose changes are told without what would be needed to patch them: what is shown is read again, once for all that comes
 * within so many milliseconds. `follow` is handed where to begin and whom to tell; it answers how to stop it.
 */
export const rereading = (
  start: string,
  sink: FrameSink<never>,
  milliseconds: number,
  follow: (after: () => string, hear: (heard: Heard) => void) => () => void,
): (() => void) => {
  let cursor = start
  let cancel: (() => void) | undefined
  const unfollow = follow(
    () => cursor,
    heard => {
      cursor = heard.cursor
      if (heard.isNews) cancel ??= browserScheduler.after(milliseconds, () => sink.next({ cursor, changes: [], hasGap: true }))
    },
  )
  return () => {
    cancel?.()
    unfollow()
  }
}
