/** Rows of one height, of which one may be open with something below it. */
export interface RowLayout {
  count: number
  rowHeight: number
  openIndex: number
  /** Of what is below the open row. */
  openHeight: number
}

export const topOf = ({ rowHeight, openIndex, openHeight }: RowLayout, index: number): number =>
  index * rowHeight + (openIndex >= 0 && index > openIndex ? openHeight : 0)

export const heightOf = ({ count, rowHeight, openIndex, openHeight }: RowLayout): number =>
  count * rowHeight + (openIndex >= 0 && openIndex < count ? openHeight : 0)

const indexAt = (layout: RowLayout, y: number): number => {
  const { rowHeight, openIndex, openHeight } = layout
  const isBelowOpen = openIndex >= 0 && y >= (openIndex + 1) * rowHeight
  if (!isBelowOpen) return Math.floor(y / rowHeight)
  return Math.max(openIndex, Math.floor((y - openHeight) / rowHeight))
}

const OVERSCAN = 6

/** Which rows are to be drawn for what is seen from `top` on; `kept` stays in any case, since it has the focus. */
export const drawnRows = (layout: RowLayout, top: number, viewHeight: number, kept = -1): number[] => {
  const first = Math.max(0, indexAt(layout, Math.max(0, top)) - OVERSCAN)
  const last = Math.min(layout.count - 1, indexAt(layout, Math.max(0, top + viewHeight)) + OVERSCAN)
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  if (kept < 0 || kept >= layout.count || (kept >= first && kept <= last)) return drawn
  return kept < first ? [kept, ...drawn] : [...drawn, kept]
}
