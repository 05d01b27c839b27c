export type Cell = string | number | boolean | null | undefined | object

export interface TableShown {
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
}

/** The forms in which tables come: a list of objects, a list of lists, or an object of columns; each of them perhaps as the text of its JSON. Undefined when it is none of them. */
export const tableOf = (data: unknown): TableShown | undefined => {
  const value = typeof data === 'string' ? parsed(data) : data
  if (Array.isArray(value)) return value.every(Array.isArray) ? ofLists(value) : ofObjects(value)
  return isObject(value) ? ofColumns(value) : undefined
}

const ofObjects = (rows: readonly unknown[]): TableShown | undefined => {
  if (!rows.every(isObject)) return undefined
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  return { columns, rows: rows.map(row => columns.map(column => row[column] as Cell)) }
}

const ofLists = (rows: readonly (readonly unknown[])[]): TableShown => {
  const width = Math.max(0, ...rows.map(row => row.length))
  const columns = Array.from({ length: width }, (_, index) => String(index + 1))
  return { columns, rows: rows.map(row => columns.map((_, index) => row[index] as Cell)) }
}

const ofColumns = (columns: Readonly<Record<string, unknown>>): TableShown | undefined => {
  const lists = Object.values(columns)
  if (!lists.every(Array.isArray)) return undefined
  const height = Math.max(0, ...lists.map(list => list.length))
  return { columns: Object.keys(columns), rows: Array.from({ length: height }, (_, index) => lists.map(list => list[index] as Cell)) }
}

export interface Sorting {
  column: number
  direction: 'ascending' | 'descending'
}

/** Numbers by size, all else as texts in the order of the reader's language; what is not there comes last, whichever way. */
export const sorted = (rows: TableShown['rows'], { column, direction }: Sorting): TableShown['rows'] => {
  const sign = direction === 'ascending' ? 1 : -1
  return rows.toSorted((one, other) => {
    const [left, right] = [one[column], other[column]]
    if (isMissing(left) || isMissing(right)) return Number(isMissing(left)) - Number(isMissing(right))
    return sign * (typeof left === 'number' && typeof right === 'number' ? left - right : byText.compare(textOf(left), textOf(right)))
  })
}

const byText = new Intl.Collator(undefined, { numeric: true })

export const isMissing = (cell: Cell): cell is null | undefined => cell === null || cell === undefined
export const textOf = (cell: Cell): string => (typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : String(cell))

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
