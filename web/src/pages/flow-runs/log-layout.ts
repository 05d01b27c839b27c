import { type BookLine, type LogBook, type LogPiece, sizeOf } from './log-book.ts'
import { countFrom } from './log-levels.ts'

export interface Row<T extends BookLine> {
  /** Not known where the line is not read yet and others before it are hidden. */
  number: number | undefined
  line: T | undefined
  key: string
}

export interface Rows<T extends BookLine> {
  /** Where the first of them begins, in pixels from the top of the log. */
  top: number
  rows: readonly Row<T>[]
  /** The pieces they are in. */
  pieces: readonly LogPiece<T>[]
}

/** Of more, those that were on the screen longest ago are taken to be of the usual height again. */
const MOST_MEASURED = 20_000

/** Where each line stands on the page, though nearly none is drawn. */
export const createLogLayout = <T extends BookLine>(book: LogBook<T>) => {
  let rowPixels = 20
  let least = 0
  let measured = new Map<string, number>()
  /** Rises when lines get other heights. */
  let stamp = 0

  const isShown = (line: T) => line.level >= least
  const heightOf = (line: T) => measured.get(line.id) ?? rowPixels

  // Asked for several times in each picture, of all pieces.
  const heights = new WeakMap<LogPiece<T>, { stamp: number; lines: readonly T[]; count: number; height: number }>()

  const pieceHeight = (piece: LogPiece<T>): number => {
    const { lines } = piece
    if (lines === undefined || measured.size === 0) return countFrom(piece.counts, least) * rowPixels
    const known = heights.get(piece)
    if (known?.stamp === stamp && known.lines === lines && known.count === lines.length) return known.height
    let height = 0
    for (const line of lines) if (isShown(line)) height += heightOf(line)
    heights.set(piece, { stamp, lines, count: lines.length, height })
    return height
  }

  // A row that has not changed is the same object, so that nothing of it is drawn again.
  const known = new WeakMap<
    LogPiece<T>,
    { before: number; least: number; lines: readonly T[] | undefined; count: number; rows: Row<T>[] }
  >()

  const rowsOf = (piece: LogPiece<T>, before: number): readonly Row<T>[] => {
    const was = known.get(piece)
    const { lines } = piece
    const count = lines?.length ?? countFrom(piece.counts, least)
    if (was?.before === before && was.least === least && was.lines === lines && was.count === count) return was.rows
    const old = was?.before === before && was.least === least ? new Map(was.rows.map(row => [row.key, row])) : undefined
    const rows = makeRows(piece, before).map(row => {
      const same = old?.get(row.key)
      return same !== undefined && same.number === row.number && same.line === row.line ? same : row
    })
    known.set(piece, { before, least, lines, count, rows })
    return rows
  }

  const makeRows = (piece: LogPiece<T>, before: number): Row<T>[] => {
    if (piece.lines !== undefined) {
      return piece.lines.flatMap((line, index) =>
        isShown(line) ? [{ line, number: book.isEndAlone ? undefined : before + index + 1, key: line.id }] : [],
      )
    }
    const isWhole = countFrom(piece.counts, least) === sizeOf(piece)
    return Array.from({ length: countFrom(piece.counts, least) }, (_, index) => ({
      line: undefined,
      number: isWhole ? before + index + 1 : undefined,
      key: `${piece.after}-${index}`,
    }))
  }

  const rowHeight = ({ line }: Row<T>) => (line === undefined ? rowPixels : heightOf(line))

  return {
    /** Another way of showing the lines: what was measured no longer holds. */
    show(next: { rowPixels: number; least: number; keepsHeights: boolean }) {
      rowPixels = next.rowPixels
      least = next.least
      stamp += 1
      if (!next.keepsHeights) measured = new Map()
    },
    /** Answers whether anything moved. */
    measure(heights: ReadonlyMap<string, number>): boolean {
      let hasMoved = false
      for (const [id, height] of heights) {
        if ((measured.get(id) ?? rowPixels) === height) continue
        measured.set(id, height)
        hasMoved = true
      }
      if (hasMoved) stamp += 1
      if (measured.size > MOST_MEASURED) measured = new Map([...measured].slice(-MOST_MEASURED / 2))
      return hasMoved
    },
    height(): number {
      let height = 0
      for (const piece of book.pieces) height += pieceHeight(piece)
      return height
    },
    /** Where a line begins, or would begin if it were shown. */
    topOf(number: number): number {
      let top = 0
      let before = 0
      for (const piece of book.pieces) {
        const size = sizeOf(piece)
        if (number > before + size) {
          top += pieceHeight(piece)
          before += size
          continue
        }
        if (piece.lines === undefined) return top + ((number - before - 1) / size) * pieceHeight(piece)
        for (const line of piece.lines.slice(0, number - before - 1)) if (isShown(line)) top += heightOf(line)
        return top
      }
      return top
    },
    /** The line that is at a height. */
    numberAt(y: number): number {
      let top = 0
      let before = 0
      for (const piece of book.pieces) {
        const height = pieceHeight(piece)
        if (y >= top + height) {
          top += height
          before += sizeOf(piece)
          continue
        }
        for (const row of rowsOf(piece, before)) {
          top += rowHeight(row)
          if (y < top) return row.number ?? before + 1
        }
      }
      return Math.max(1, before)
    },
    /** The lines between two heights. */
    between(from: number, to: number): Rows<T> {
      const rows: Row<T>[] = []
      const pieces: LogPiece<T>[] = []
      let top = 0
      let before = 0
      let first: number | undefined
      for (const piece of book.pieces) {
        if (top >= to) break
        const height = pieceHeight(piece)
        if (height > 0 && top + height > from) {
          pieces.push(piece)
          let at = top
          for (const row of rowsOf(piece, before)) {
            const bottom = at + rowHeight(row)
            if (bottom > from && at < to) {
              first ??= at
              rows.push(row)
            }
            at = bottom
          }
        }
        top += height
        before += sizeOf(piece)
      }
      return { top: first ?? 0, rows, pieces }
    },
    /** Where the grave lines are, each from 0 at the top to 1 at the bottom of the log. */
    marks(): { errors: number[]; warnings: number[] } {
      const errors: number[] = []
      const warnings: number[] = []
      const whole = Math.max(1, this.height())
      let top = 0
      for (const piece of book.pieces) {
        const { warning, error, critical } = piece.counts
        if (warning + error + critical > 0) markPiece(piece, top, whole, { errors, warnings })
        top += pieceHeight(piece)
      }
      return { errors, warnings }
    },
  }

  function markPiece(piece: LogPiece<T>, top: number, whole: number, { errors, warnings }: { errors: number[]; warnings: number[] }) {
    if (piece.lines === undefined) {
      const middle = (top + pieceHeight(piece) / 2) / whole
      if (piece.counts.warning > 0 && least <= 30) warnings.push(middle)
      if (piece.counts.error + piece.counts.critical > 0) errors.push(middle)
      return
    }
    let at = top
    for (const line of piece.lines) {
      if (!isShown(line)) continue
      if (line.level >= 40) errors.push(at / whole)
      else if (line.level >= 30) warnings.push(at / whole)
      at += heightOf(line)
    }
  }
}

export type LogLayout<T extends BookLine> = ReturnType<typeof createLogLayout<T>>
