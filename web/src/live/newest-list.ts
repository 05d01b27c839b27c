import { createNewest, type Versioned } from './newest.ts'

interface ListRules<T> {
  limit: number
  belongs: (object: T) => boolean
  compare: (left: T, right: T) => number
}

/** A live list: objects come, change and leave by their newest version; unchanged ones keep their identity. */
export const createNewestList = <T extends Versioned>({ limit, belongs, compare }: ListRules<T>) => {
  const known = createNewest<T>()
  let shown: readonly T[] = []

  const rebuild = () => {
    const sorted = known.values().sort(compare)
    const belonging = sorted.filter(belongs)
    // More is kept than shown: one cut off may come back when another leaves, and one that left may still be named by a
    // late, older frame. The two are counted apart, lest a stream of others push out what the list is about.
    forget(belonging)
    forget(sorted.filter(object => !belongs(object)))
    shown = belonging.slice(0, limit)
  }

  const forget = (objects: readonly T[]) => {
    for (const { id } of objects.slice(limit * 2)) known.delete(id)
  }

  return {
    reset(objects: readonly T[]) {
      known.clear()
      for (const object of objects) known.offer(object)
      rebuild()
    },
    apply(objects: readonly T[]) {
      let isChanged = false
      for (const object of objects) isChanged = known.offer(object) || isChanged
      if (isChanged) rebuild()
    },
    read: () => shown,
  }
}
