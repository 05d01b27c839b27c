export interface StateCount<Type extends string> {
  type: Type
  count: number
}

export interface Transition<Type extends string> {
  state: { type: Type }
  previousState?: { type: Type } | null
}

/** Exact counts per state type: every transition moves one run from where it was to where it is. */
export const createCounts = <Type extends string>() => {
  let counts = new Map<Type, number>()
  const move = (type: Type, by: number) => counts.set(type, (counts.get(type) ?? 0) + by)
  return {
    reset(snapshot: readonly StateCount<Type>[]) {
      counts = new Map(snapshot.map(({ type, count }) => [type, count]))
    },
    apply(transitions: readonly Transition<Type>[]) {
      for (const { state: to, previousState: from } of transitions) {
        if (from) move(from.type, -1)
        move(to.type, 1)
      }
    },
    read: (): ReadonlyMap<Type, number> => new Map(counts),
  }
}
