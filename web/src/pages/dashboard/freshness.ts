interface Versioned {
  id: string
  version: number
}

// A flash tells which row changed. When most rows change at once it tells nothing and costs frames.
const MOST_FLASHES = 12

/** Tells which rows changed live: not those of the first look, and none when too many change together. */
export const createFreshness = () => {
  let seen: Map<string, number> | undefined
  let fresh = new Map<string, number>()

  return (rows: readonly Versioned[]): ReadonlyMap<string, number> => {
    const before = seen
    seen = new Map(rows.map(({ id, version }) => [id, version]))
    if (before === undefined) return fresh
    const changed = rows.filter(({ id, version }) => before.get(id) !== version)
    const kept = [...fresh].filter(([id, version]) => seen?.get(id) === version)
    fresh = new Map(kept)
    if (changed.length <= MOST_FLASHES) for (const { id, version } of changed) fresh.set(id, version)
    return fresh
  }
}
