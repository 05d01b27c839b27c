import { compareText } from '../../live/text-order.ts'
import { countFrom, type LevelCounts, levelOf, noLines } from './log-levels.ts'

export interface BookLine {
  id: string
  level: number
  timestamp: string
  cursor: string
}

/** Lines that stand together: known by their counts, and read when they are looked at. */
export interface LogPiece<T extends BookLine> {
  /** Behind which its first line comes; null for the very first. */
  readonly after: string | null
  /** When its first line was logged. */
  readonly start: string
  counts: LevelCounts
  lines?: readonly T[]
}

export type PieceOutline = Pick<LogPiece<BookLine>, 'after' | 'start' | 'counts'>

export interface Added<T> {
  /** Counted from 1, over all lines whatever their level. */
  number: number
  line: T
}

/** A piece that grows at the end of the log is closed at this length. */
export const PIECE_LINES = 200

/** A run's whole log in the order of its lines' time. It knows how many lines there are and of which level, though it holds only some. */
export const createLogBook = <T extends BookLine>() => {
  let pieces: LogPiece<T>[] = []
  let isEndAlone = false

  const add = (line: T): Added<T> => {
    const last = pieces.at(-1)
    // A line that came later is written behind those of the same time: so they are numbered.
    if (last === undefined || (compareText(line.timestamp, newestOf(last)) >= 0 && isFull(last))) {
      pieces.push({ after: last?.lines?.at(-1)?.cursor ?? null, start: line.timestamp, counts: noLines(), lines: [] })
    }
    let index = pieces.length - 1
    while (index > 0 && compareText(pieces[index]!.start, line.timestamp) > 0) index -= 1
    const piece = pieces[index]!
    const { key } = levelOf(line.level)
    piece.counts = { ...piece.counts, [key]: piece.counts[key] + 1 }
    const within = piece.lines === undefined ? sizeOf(piece) - 1 : insert(piece, line)
    return { number: numberBefore(index) + within + 1, line }
  }

  const numberBefore = (index: number) => {
    let before = 0
    for (let at = 0; at < index; at += 1) before += sizeOf(pieces[at]!)
    return before
  }

  return {
    /** The last lines, while nothing else is known yet: they have no numbers. */
    showEnd(lines: readonly T[]) {
      isEndAlone = true
      pieces = lines.length === 0 ? [] : [{ after: null, start: lines[0]!.timestamp, counts: countsOf(lines), lines }]
    },
    get isEndAlone() {
      return isEndAlone
    },
    /** Pieces that are as they were keep their lines. */
    reset(outline: readonly PieceOutline[]) {
      isEndAlone = false
      const before = new Map(pieces.map(piece => [piece.after, piece]))
      pieces = outline.map(({ after, start, counts }) => {
        const known = before.get(after)
        const isSame = known?.lines !== undefined && known.start === start && known.lines.length === countFrom(counts, 0)
        return { after, start, counts, ...(isSame ? { lines: known.lines } : {}) } as LogPiece<T>
      })
    },
    append: (lines: readonly T[]): Added<T>[] => lines.map(add),
    /** What was read of a piece. Answers false when the piece has grown meanwhile: it is to be read again. */
    fill(piece: LogPiece<T>, lines: readonly T[]): boolean {
      if (lines.length !== sizeOf(piece)) return false
      piece.lines = lines
      return true
    },
    /** Some of its lines are gone from the server. */
    shrink(piece: LogPiece<T>, lines: readonly T[]) {
      piece.counts = countsOf(lines)
      piece.lines = lines
    },
    get pieces(): readonly LogPiece<T>[] {
      return pieces
    },
    get counts(): LevelCounts {
      const sum = noLines()
      for (const { counts } of pieces) for (const key of Object.keys(sum) as (keyof LevelCounts)[]) sum[key] += counts[key]
      return sum
    },
    /** The piece which a line is in, and how many lines come before that piece. */
    find(number: number): { piece: LogPiece<T>; before: number } | undefined {
      let before = 0
      for (const piece of pieces) {
        if (number <= before + sizeOf(piece)) return { piece, before }
        before += sizeOf(piece)
      }
      return undefined
    },
  }
}

export type LogBook<T extends BookLine> = ReturnType<typeof createLogBook<T>>

export const sizeOf = ({ counts }: { counts: LevelCounts }): number => countFrom(counts, 0)

const countsOf = (lines: readonly BookLine[]): LevelCounts => {
  const counts = noLines()
  for (const { level } of lines) counts[levelOf(level).key] += 1
  return counts
}

const isFull = <T extends BookLine>(piece: LogPiece<T>) => (piece.lines?.length ?? 0) >= PIECE_LINES
const newestOf = <T extends BookLine>(piece: LogPiece<T>) => piece.lines?.at(-1)?.timestamp ?? piece.start

/** Answers where it stands in its piece. A piece that already had it was read after it was written: its end was pushed out, so it is read anew. */
const insert = <T extends BookLine>(piece: LogPiece<T>, line: T): number => {
  const lines = piece.lines ?? []
  let at = lines.length
  while (at > 0 && compareText(lines[at - 1]!.timestamp, line.timestamp) > 0) at -= 1
  for (let same = at - 1; same >= 0 && lines[same]!.timestamp === line.timestamp; same -= 1) {
    if (lines[same]!.id !== line.id) continue
    delete piece.lines
    return same
  }
  piece.lines = at === lines.length ? append(lines, line) : lines.toSpliced(at, 0, line)
  return at
}

// Nobody compares the list by identity, and a copy for each of thousands of lines a second would cost more than all else.
const append = <T>(lines: readonly T[], line: T): readonly T[] => {
  ;(lines as T[]).push(line)
  return lines
}
