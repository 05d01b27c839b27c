import { compareText } from '../../live/text-order.ts'

interface Occurred {
  id: string
  occurred: string
}

/** Newest first, each once, at most so many: the oldest are let go. */
export const createFeed = <T extends Occurred>(limit: number) => {
  let events: readonly T[] = []
  let ids = new Set<string>()
  let isFull = false

  const keep = (more: readonly T[]) => {
    // Stable: of events of one moment those that stood above stay above.
    const sorted = more.toSorted((left, right) => compareText(right.occurred, left.occurred))
    isFull ||= sorted.length > limit
    for (const { id } of sorted.slice(limit)) ids.delete(id)
    events = sorted.length > limit ? sorted.slice(0, limit) : sorted
  }
  const fresh = (given: readonly T[]) =>
    given.filter(({ id }) => {
      const isKnown = ids.has(id)
      ids.add(id)
      return !isKnown
    })

  return {
    reset(page: readonly T[]) {
      ids = new Set()
      events = []
      isFull = false
      keep(fresh(page))
    },
    /** As they were committed, oldest first. */
    add(committed: readonly T[]) {
      const more = fresh(committed)
      if (more.length > 0) keep([...more.toReversed(), ...events])
    },
    /** The next page of the list, newest first. */
    append(page: readonly T[]) {
      keep([...events, ...fresh(page)])
    },
    read: () => events,
    get isFull() {
      return isFull
    },
  }
}
