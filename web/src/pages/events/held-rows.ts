/** The newest row that was seen before new ones began to wait. */
export interface Held {
  readonly topId: string | undefined
}

/** Rows stand newest first: what came after the top one waits. A top that is gone holds nothing back. */
export const heldRows = <T extends { id: string }>(
  rows: readonly T[],
  held: Held | undefined,
): { shown: readonly T[]; waiting: number } => {
  const top = held === undefined || held.topId === undefined ? 0 : rows.findIndex(({ id }) => id === held.topId)
  return top <= 0 ? { shown: rows, waiting: 0 } : { shown: rows.slice(top), waiting: top }
}
