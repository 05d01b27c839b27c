interface Versioned {
  id: string
  version: number
}

// A flash tells which row changed. Where many change while one lasts it tells nothing, and costs frames.
const MOST_FLASHES = 12
const FLASH_MILLISECONDS = 900

/** Tells which rows changed live just now, by their version: not those of the first look, and none while too many change. */
export const createFreshness = (now: () => number = () => performance.now()) => {
  let seen: Map<string, number> | undefined
  let recent: { id: string; version: number; at: number }[] = []

  return (rows: readonly Versioned[]): ReadonlyMap<string, number> => {
    const before = seen
    seen = new Map(rows.map(({ id, version }) => [id, version]))
    const at = now()
    const changed = before === undefined ? [] : rows.filter(({ id, version }) => before.get(id) !== version)
    recent = [...recent, ...changed.map(({ id, version }) => ({ id, version, at }))].filter(change => at - change.at < FLASH_MILLISECONDS)
    return new Map(recent.length > MOST_FLASHES ? [] : recent.map(({ id, version }) => [id, version]))
  }
}
