const FEWEST = 6
const MOST = 15
// The top bar, the tiles, the chart with its head, the heads of two rows of lists.
const REST_PIXELS = 530
const ROW_PIXELS = 30
const ONE_COLUMN_BELOW = 820

/** How many rows each of the two lists above each other has room for, so that the page is seen whole. */
export const rowsIn = (windowHeight: number, windowWidth: number): number =>
  windowWidth < ONE_COLUMN_BELOW ? FEWEST : Math.max(FEWEST, Math.min(MOST, Math.floor((windowHeight - REST_PIXELS) / 2 / ROW_PIXELS)))
