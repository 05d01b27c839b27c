/** Times and ids are of fixed width: plain comparison is their order, and localeCompare costs a hundred times as much. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
