import { compareText } from './text-order.ts'

interface Line {
  id: string
  timestamp: string
}

/** The end of a log: no line twice, in the order of their time, and no more lines than a page can bear. */
export const createTail = <T extends Line>(limit: number) => {
  const ids = new Set<string>()
  let lines: readonly T[] = []

  const add = (more: readonly T[], keep: 'newest' | 'oldest') => {
    const unseen = more.filter(line => !ids.has(line.id) && ids.add(line.id))
    if (unseen.length === 0) return
    const sorted = inOrder([...lines, ...unseen])
    const kept = keep === 'newest' ? sorted.slice(-limit) : sorted.slice(0, limit)
    if (kept.length < sorted.length) {
      const cut = keep === 'newest' ? sorted.slice(0, -limit) : sorted.slice(limit)
      for (const line of cut) ids.delete(line.id)
    }
    lines = kept
  }

  return {
    reset(snapshot: readonly T[]) {
      ids.clear()
      lines = []
      add(snapshot, 'newest')
    },
    append: (more: readonly T[]) => add(more, 'newest'),
    prepend: (more: readonly T[]) => add(more, 'oldest'),
    read: () => lines,
  }
}

// Lines of one call often carry one time; their ids then say which was written first, as they do to the server.
const inOrder = <T extends Line>(lines: T[]): T[] =>
  lines.sort((left, right) => compareText(left.timestamp, right.timestamp) || compareText(left.id, right.id))
