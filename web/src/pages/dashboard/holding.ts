interface Hold {
  isHolding: boolean
  /** How often the new ones have been asked for: each time all that there are become known. */
  asked: number
  /** Which list this is; another one is shown whole at first. */
  list: unknown
}

/** Keeps the rows of a list to those known when the holding began, and counts the new ones that wait. What left the list leaves. */
export const createHolding = <T extends { id: string }>() => {
  let known: ReadonlySet<string> | undefined
  let before: Hold | undefined

  return (runs: readonly T[], hold: Hold): { shown: readonly T[]; waiting: number } => {
    if (before?.asked !== hold.asked || before.list !== hold.list || !hold.isHolding) known = undefined
    before = hold
    if (!hold.isHolding) return { shown: runs, waiting: 0 }
    const ids = (known ??= new Set(runs.map(({ id }) => id)))
    const shown = runs.filter(({ id }) => ids.has(id))
    return { shown, waiting: runs.length - shown.length }
  }
}
