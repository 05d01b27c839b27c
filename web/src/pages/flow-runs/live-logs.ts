import { follow, request } from '../../client.ts'
import {
  LogAppendedDocument,
  LogEndDocument,
  type LogFilter,
  type LogLineFragment,
  LogLinesDocument,
  LogOutlineDocument,
} from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'
import { type Added, createLogBook, type LogPiece, type PieceOutline, sizeOf } from './log-book.ts'
import { countFrom } from './log-levels.ts'

const MOST_AT_ONCE = 200
const MOST_REQUESTS = 4
const MOST_HELD_PIECES = 60

export type LogLine = LogLineFragment
type Piece = LogPiece<LogLine>

/** Of which run the log is, all or part of it. */
export interface LogScope {
  flowRunId?: string
  taskRunId?: string
  names?: string[]
}

const filterOf = ({ flowRunId, taskRunId, names }: LogScope): LogFilter => ({
  ...(flowRunId && { flowRunIds: [flowRunId] }),
  ...(taskRunId && { taskRunIds: [taskRunId] }),
  ...(names && { names }),
})

/** The log of a run: its outline, then each line as it comes; the pieces that are looked at are read, and let go when there are too many. */
export const liveLogs = (scope: LogScope, changed: () => void, added: (lines: readonly Added<LogLine>[]) => void) => {
  const filter = filterOf(scope)
  const book = createLogBook<LogLine>()
  const loading = new Set<Piece>()
  let wanted: readonly Piece[] = []
  let error: unknown

  // How a long log is made up takes the server a moment, its end does not.
  const showEnd = async () => {
    const { logs } = await request(LogEndDocument, { filter, first: MOST_AT_ONCE })
    if (book.pieces.length > 0) return
    book.showEnd(logs.nodes.toReversed())
    changed()
  }

  const loadOutline = async () => {
    const { logOutline } = await request(LogOutlineDocument, scope, 'slow')
    const pieces = logOutline.pieces.map(piece => ({ ...piece, after: piece.after ?? null }))
    return { snapshot: { pieces, end: logOutline.end }, cursor: logOutline.logCursor }
  }

  const source: LiveSource<{ pieces: readonly PieceOutline[]; end: readonly LogLine[] }, LogLine> = {
    async load() {
      if (book.pieces.length === 0) void showEnd().catch(() => undefined)
      return loadOutline()
    },
    follow: (after, sink) =>
      follow(LogAppendedDocument, { filter }, after, {
        next: ({ logAppended: { cursor, logs, gap } }) => sink.next({ cursor, changes: logs, hasGap: gap != null }),
        failed: sink.failed,
      }),
    reset({ pieces, end }) {
      book.reset(pieces)
      // What is on the screen is there already when the pieces take its place.
      let rest = end
      for (const piece of book.pieces.slice(-2)) {
        book.fill(piece, rest.slice(0, sizeOf(piece)))
        rest = rest.slice(sizeOf(piece))
      }
    },
    apply: lines => added(book.append(lines)),
  }

  const readLines = async (piece: PieceOutline): Promise<LogLine[]> => {
    const lines: LogLine[] = []
    while (lines.length < sizeOf(piece)) {
      const first = Math.min(MOST_AT_ONCE, sizeOf(piece) - lines.length)
      const { logs } = await request(LogLinesDocument, { filter, first, after: lines.at(-1)?.cursor ?? piece.after })
      lines.push(...logs.nodes)
      if (logs.nodes.length < first) break
    }
    return lines
  }

  const readPiece = async (piece: Piece) => {
    const lines = await readLines(piece)
    if (lines.length < sizeOf(piece)) book.shrink(piece, lines)
    else book.fill(piece, lines)
  }

  const load = async (piece: Piece) => {
    loading.add(piece)
    try {
      await readPiece(piece)
      error = undefined
    } catch (cause) {
      error = cause
    }
    loading.delete(piece)
    letGo()
    changed()
    if (error === undefined) loadWanted()
  }

  const loadWanted = () => {
    for (const piece of wanted) {
      if (loading.size >= MOST_REQUESTS) return
      if (piece.lines === undefined && !loading.has(piece) && book.pieces.includes(piece)) void load(piece)
    }
  }

  const letGo = () => {
    const held = book.pieces.filter(piece => piece.lines !== undefined && !wanted.includes(piece))
    // The last one grows line by line, so it is kept.
    for (const piece of held.slice(0, -1).slice(0, Math.max(0, held.length - MOST_HELD_PIECES))) delete piece.lines
  }

  return {
    source,
    book,
    /** What is on the screen, or about to be. */
    want(pieces: readonly Piece[]) {
      const last = book.pieces.at(-1)
      wanted = last === undefined || pieces.includes(last) ? pieces : [...pieces, last]
      loadWanted()
    },
    /** Lines from one to another, read where they are not held. */
    async read(from: number, to: number): Promise<LogLine[]> {
      const lines: LogLine[] = []
      for (let number = from; number <= to; ) {
        const found = book.find(number)
        if (found === undefined) break
        if (found.piece.lines === undefined) await readPiece(found.piece)
        const held = found.piece.lines ?? []
        lines.push(...held.slice(number - found.before - 1, to - found.before))
        number = found.before + Math.max(held.length, 1) + 1
      }
      return lines
    },
    /** The next line of a level or graver behind a line, or the one before it. */
    async seek(from: number, step: 1 | -1, least: number): Promise<number | undefined> {
      let before = 0
      const places = book.pieces.map(piece => {
        const start = before
        before += sizeOf(piece)
        return { piece, start, end: before }
      })
      for (const { piece, start, end } of step === 1 ? places : places.toReversed()) {
        const isBeside = step === 1 ? end > from : start + 1 < from
        if (!isBeside || countFrom(piece.counts, least) === 0) continue
        if (piece.lines === undefined) await readPiece(piece)
        const numbers = (piece.lines ?? []).flatMap((line, index) => (line.level >= least ? [start + index + 1] : []))
        const found = step === 1 ? numbers.find(number => number > from) : numbers.findLast(number => number < from)
        if (found !== undefined) return found
      }
      return undefined
    },
    get error() {
      return error
    },
    retry() {
      error = undefined
      loadWanted()
    },
  }
}

export type LiveLogs = ReturnType<typeof liveLogs>
