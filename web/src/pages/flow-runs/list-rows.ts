import type { Versioned } from '../../live/newest.ts'

interface Stated {
  type: string
  name: string
}

/** A run entered a state; `before` is the one it left, none where it is new. */
export interface RowChange<Row> {
  row: Row
  before: Stated | null
  after: Stated
}

export interface RowsPage<Row> {
  rows: readonly Row[]
  /** Where the next page begins; none where there is none. */
  endCursor: string | undefined
  total: Count
}

export interface Count {
  value: number
  isExact: boolean
}

export interface Rows<Row> {
  shown: readonly Row[]
  /** How many wait to be shown; more than are kept are counted no further. */
  waiting: number
  areMoreWaiting: boolean
  /** How many of those shown no longer match. */
  departed: number
  hasMore: boolean
  /** Unknown once the list was cut. */
  endCursor: string | undefined
  total: Count
}

interface Rules<Row> {
  belongs: (row: Row) => boolean
  isInState: (state: Stated) => boolean
  compare: (left: Row, right: Row) => number
  /** At most so many wait, and as many are left when a list that follows is cut. */
  most: number
}

/**
 * The rows of a list that is read page by page and patched in place: one that no longer matches keeps its place, a new one waits until it is
 * asked for. Nothing moves under the pointer.
 */
export const createRows = <Row extends Versioned>(rules: () => Rules<Row>) => {
  let shown: Row[] = []
  let places = new Map<string, number>()
  let waiting = new Map<string, Row>()
  let areMoreWaiting = false
  let hasMore = false
  let endCursor: string | undefined
  let total: Count = { value: 0, isExact: true }

  const show = (rows: Row[]) => {
    shown = rows
    places = new Map(rows.map(({ id }, place) => [id, place]))
  }

  const count = (by: number) => {
    if (total.isExact && by !== 0) total = { value: Math.max(0, total.value + by), isExact: true }
  }

  const wait = (row: Row) => {
    const { most, compare } = rules()
    const last = shown.at(-1)
    // What belongs behind the last row comes with its page.
    if (hasMore && last !== undefined && compare(row, last) > 0) return
    waiting.set(row.id, row)
    if (waiting.size <= most) return
    areMoreWaiting = true
    const kept = [...waiting.values()].sort(compare).slice(0, most)
    waiting = new Map(kept.map(one => [one.id, one]))
  }

  const offer = (row: Row) => {
    const place = places.get(row.id)
    const known = place === undefined ? waiting.get(row.id) : shown[place]
    if (known !== undefined && known.version > row.version) return
    const whole = { ...known, ...row }
    if (place !== undefined) shown[place] = whole
    else if (rules().belongs(whole)) wait(whole)
    else waiting.delete(row.id)
  }

  const take = () => {
    const { belongs, compare } = rules()
    show([...shown.filter(belongs), ...waiting.values()].sort(compare))
    waiting = new Map()
  }

  return {
    reset(page: RowsPage<Row>) {
      waiting = new Map()
      areMoreWaiting = false
      show([...page.rows])
      hasMore = page.endCursor !== undefined
      endCursor = page.endCursor
      total = page.total
    },
    append(page: Omit<RowsPage<Row>, 'total'>) {
      const unseen = page.rows.filter(({ id }) => !places.has(id))
      for (const { id } of unseen) waiting.delete(id)
      show([...shown, ...unseen])
      hasMore = page.endCursor !== undefined
      endCursor = page.endCursor
    },
    apply(changes: readonly RowChange<Row>[]) {
      const { isInState } = rules()
      for (const { row, before, after } of changes) {
        count(Number(isInState(after)) - Number(before !== null && isInState(before)))
        offer(row)
      }
      shown = [...shown]
    },
    /** Other news of a run than a change of its state. */
    edit(rows: readonly Row[]) {
      for (const row of rows) {
        const place = places.get(row.id)
        if (place !== undefined) shown[place] = { ...shown[place], ...row }
        else if (waiting.has(row.id)) waiting.set(row.id, { ...waiting.get(row.id), ...row })
      }
      shown = [...shown]
    },
    remove(ids: readonly string[]) {
      const gone = new Set(ids)
      const left = shown.filter(({ id }) => !gone.has(id))
      count(left.length - shown.length)
      for (const id of ids) if (waiting.delete(id)) count(-1)
      show(left)
    },
    /** The new ones come in, those that no longer match go. False where only the server knows all that are new. */
    refresh(): boolean {
      if (areMoreWaiting) return false
      take()
      return true
    },
    /** As `refresh`, for a list that is watched from its top: as long as it was, the rest is read again when somebody looks for it. */
    follow() {
      if (waiting.size === 0 && shown.every(rules().belongs)) return
      const kept = Math.max(rules().most, shown.length)
      const isCut = areMoreWaiting
      areMoreWaiting = false
      // With more new ones than are kept, what stood below them is no longer next to them.
      if (isCut) show([])
      take()
      if (!isCut && shown.length <= kept) return
      show(shown.slice(0, kept))
      hasMore = true
      endCursor = undefined
    },
    read(): Rows<Row> {
      const { belongs } = rules()
      const departed = shown.reduce((sum, row) => sum + Number(!belongs(row)), 0)
      return { shown, waiting: waiting.size, areMoreWaiting, departed, hasMore, endCursor, total }
    },
    get: (id: string) => shown[places.get(id) ?? -1],
  }
}
