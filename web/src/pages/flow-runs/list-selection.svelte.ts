/** Which runs of a list are chosen: by hand, or all that match, those not read yet included. */
export const createSelection = () => {
  let ids = $state.raw<ReadonlySet<string>>(new Set())
  let isEverything = $state(false)
  let anchor: string | undefined

  const choose = (chosen: Iterable<string>) => {
    ids = new Set(chosen)
    isEverything = false
  }

  return {
    get ids() {
      return ids
    },
    /** All that match are meant, however many. */
    get isEverything() {
      return isEverything
    },
    get isEmpty() {
      return ids.size === 0
    },
    /** With `reaches`, everything from the last one touched to this one. */
    toggle(id: string, order: readonly string[], reaches: boolean) {
      const from = reaches && anchor !== undefined ? order.indexOf(anchor) : -1
      if (from >= 0) {
        const to = order.indexOf(id)
        choose([...ids, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)])
      } else choose(ids.has(id) ? [...ids].filter(other => other !== id) : [...ids, id])
      anchor = id
    },
    choose,
    chooseEverything() {
      isEverything = true
    },
    clear() {
      choose([])
      anchor = undefined
    },
  }
}

export type Selection = ReturnType<typeof createSelection>
