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
    // Those cut off are kept a while: one of them may come back when a run above it leaves the filter.
    for (const object of sorted.slice(limit * 2)) known.delete(object.id)
    shown = sorted.filter(belongs).slice(0, limit)
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
