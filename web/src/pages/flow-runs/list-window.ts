interface View {
  /** How many pixels of the rows are above the window; below zero where they begin within it. */
  above: number
  height: number
  rowHeight: number
  count: number
}

const SPARE_ROWS = 16
/** The first and the last row move in steps, so that scrolling by a line draws nothing. */
const STEP = 8

/** Which rows are drawn: those in the window and some around it, from `first` up to, not including, `last`. */
export const windowOf = ({ above, height, rowHeight, count }: View): { first: number; last: number } => {
  const first = Math.floor((above / rowHeight - SPARE_ROWS) / STEP) * STEP
  const last = Math.ceil(((above + height) / rowHeight + SPARE_ROWS) / STEP) * STEP
  return { first: Math.max(0, Math.min(first, count)), last: Math.max(0, Math.min(last, count)) }
}
