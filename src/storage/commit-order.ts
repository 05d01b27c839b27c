import type { Clock } from '../kernel/clock.ts'
import type { Committed } from '../kernel/storage.ts'

/** Tells listeners what was committed, in commit order, though several connections hear of their commits in any order. */
export interface CommitOrder {
  /** Runs what appends and commits, which says its place in the order when it has the append lock. `told` resolves when the listeners know of it. */
  around(commit: (takePlace: (place: number) => void) => Promise<Committed>): Promise<{ readonly told: Promise<void> }>
}

interface Append {
  /** Grows in the order in which the append lock was held; null while waiting for the lock. */
  place: number | null
}

interface Done {
  readonly place: number
  readonly committed: Committed
  readonly tell: () => void
}

/**
 * A commit waits for those of this server that held the lock before it. Their having the lock was answered before its own commit was, so that it is
 * known when this turn of the event loop ends. Should one be overlooked all the same, streams see the hole and read the log.
 */
export function createCommitOrder(clock: Clock, publish: (committed: Committed) => void): CommitOrder {
  const underWay = new Set<Append>()
  let waiting: Done[] = []

  const tellWhatIsDue = () => {
    const first = Math.min(...[...underWay].flatMap(({ place }) => (place === null ? [] : [place])))
    const due = waiting.filter(({ place }) => place < first).sort((a, b) => a.place - b.place)
    waiting = waiting.filter(({ place }) => place >= first)
    for (const { committed, tell } of due) {
      publish(committed)
      tell()
    }
  }

  return {
    async around(commit) {
      const append: Append = { place: null }
      underWay.add(append)
      const { promise: told, resolve: tell } = Promise.withResolvers<void>()
      try {
        const committed = await commit(place => void (append.place = place))
        if (committed.events.length + committed.logs.length === 0) tell()
        else waiting.push({ place: append.place ?? 0, committed, tell })
      } finally {
        underWay.delete(append)
        if (underWay.size === 0) tellWhatIsDue()
        else if (waiting.length > 0) clock.nextTurn(tellWhatIsDue)
      }
      return { told }
    },
  }
}
