export interface Versioned {
  id: string
  version: number
}

/** Keeps objects by id; one that is not newer than what is known is refused, so replays and late answers do no harm. */
export const createNewest = <T extends Versioned>() => {
  const byId = new Map<string, T>()
  return {
    get: (id: string) => byId.get(id),
    delete: (id: string) => byId.delete(id),
    values: () => [...byId.values()],
    clear: () => byId.clear(),
    get size() {
      return byId.size
    },
    offer(object: T): boolean {
      const known = byId.get(object.id)
      if (known !== undefined && known.version >= object.version) return false
      byId.set(object.id, object)
      return true
    },
  }
}
