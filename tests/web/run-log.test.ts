import { describe, expect, test } from 'vitest'
import { type BookLine, createLogBook, PIECE_LINES, sizeOf } from '../../web/src/pages/flow-runs/log-book.ts'
import { createLogLayout } from '../../web/src/pages/flow-runs/log-layout.ts'
import { countFrom, noLines } from '../../web/src/pages/flow-runs/log-levels.ts'
import { createMatches } from '../../web/src/pages/flow-runs/log-matches.ts'
import { fold, plainText, spansOf } from '../../web/src/pages/flow-runs/log-text.ts'

const timeAt = (index: number) => `2026-11-25T16:00:00.${String(index).padStart(6, '0')}Z`
const line = (index: number, level = 20, id = `l${index}`): BookLine => ({ id, level, timestamp: timeAt(index), cursor: `c${index}` })
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => line(from + index))
const outlineOf = (...counts: number[]) => {
  let before = 0
  return counts.map(info => {
    const piece = { after: before === 0 ? null : `c${before - 1}`, start: timeAt(before), counts: { ...noLines(), info } }
    before += info
    return piece
  })
}

describe('a log', () => {
  test('is numbered in the order of time, and a piece that is full is followed by another', () => {
    const book = createLogBook()
    expect(book.append(lines(0, PIECE_LINES + 2)).map(({ number }) => number)).toEqual(
      Array.from({ length: PIECE_LINES + 2 }, (_, index) => index + 1),
    )
    expect(book.pieces.map(({ after, start, lines }) => [after, start, lines?.length])).toEqual([
      [null, timeAt(0), 200],
      ['c199', timeAt(200), 2],
    ])
  })

  test('takes a late line to its place, behind those of its time, and counts it where the piece is not held', () => {
    const book = createLogBook()
    book.reset(outlineOf(200, 200, 3))
    book.fill(book.pieces[2]!, lines(400, 403))
    expect(book.append([line(401, 40, 'late')])).toMatchObject([{ number: 403 }])
    expect(book.pieces[2]!.lines!.map(({ id }) => id)).toEqual(['l400', 'l401', 'late', 'l402'])
    expect(book.append([line(250, 30, 'very late')])[0]!.number).toBeGreaterThan(200)
    expect(book.pieces.map(sizeOf)).toEqual([200, 201, 4])
    expect(book.counts).toEqual({ ...noLines(), info: 403, warning: 1, error: 1 })
  })

  test('reads a piece anew which was read after a line that is told of now', () => {
    const book = createLogBook()
    book.reset(outlineOf(3))
    const piece = book.pieces[0]!
    expect(book.fill(piece, lines(0, 3))).toBe(true)
    book.append([line(1)])
    expect([sizeOf(piece), piece.lines]).toEqual([4, undefined])
    expect(book.fill(piece, lines(0, 3))).toBe(false)
  })

  test('keeps at a reload the lines of pieces that are as they were', () => {
    const book = createLogBook()
    book.reset(outlineOf(3, 2))
    for (const piece of book.pieces) book.fill(piece, lines(0, sizeOf(piece)))
    book.reset(outlineOf(3, 4))
    expect(book.pieces.map(({ lines }) => lines?.length)).toEqual([3, undefined])
  })

  test('shows its end while nothing else is known, without numbers', () => {
    const book = createLogBook()
    book.showEnd(lines(398, 400))
    const layout = createLogLayout(book)
    expect(layout.between(0, 100).rows.map(({ line, number }) => [line?.id, number])).toEqual([
      ['l398', undefined],
      ['l399', undefined],
    ])
    book.reset(outlineOf(200, 200))
    book.fill(book.pieces[1]!, lines(200, 400))
    expect(layout.between(7_960, 8_000).rows.map(({ line, number }) => [line?.id, number])).toEqual([
      ['l398', 399],
      ['l399', 400],
    ])
  })

  test('finds the piece of a line', () => {
    const book = createLogBook()
    book.reset(outlineOf(200, 200, 3))
    expect(book.find(401)).toMatchObject({ before: 400, piece: { after: 'c399' } })
    expect(book.find(404)).toBeUndefined()
  })
})

describe('its layout', () => {
  const open = () => {
    const book = createLogBook()
    book.reset(outlineOf(200, 200, 10))
    const layout = createLogLayout(book)
    layout.show({ rowPixels: 20, least: 0, keepsHeights: true })
    return { book, layout }
  }

  test('knows where every line is, though it was never read', () => {
    const { layout } = open()
    expect(layout.height()).toBe(8200)
    expect(layout.topOf(301)).toBe(6000)
    expect(layout.numberAt(6019)).toBe(301)
    expect(layout.numberAt(99_999)).toBe(410)
    const { top, rows, pieces } = layout.between(3990, 4010)
    expect([top, rows.map(({ number }) => number), pieces.map(({ after }) => after)]).toEqual([3980, [200, 201], [null, 'c199']])
  })

  test('hides lighter lines, whose numbers stay with them', () => {
    const { book, layout } = open()
    book.append([line(900, 40), line(901), line(902, 30)])
    layout.show({ rowPixels: 20, least: 30, keepsHeights: true })
    expect(layout.height()).toBe(40)
    book.fill(book.pieces[2]!, [...lines(400, 410), line(900, 40), line(901), line(902, 30)])
    const { rows, pieces } = layout.between(0, 100)
    expect(rows.map(({ number }) => number)).toEqual([411, 413])
    expect(pieces).toEqual([book.pieces[2]])
    expect(layout.topOf(413)).toBe(20)
  })

  test('moves what is below a line that is higher than thought, and forgets heights with another width', () => {
    const { book, layout } = open()
    book.fill(book.pieces[2]!, lines(400, 410))
    expect(layout.measure(new Map([['l400', 60]]))).toBe(true)
    expect(layout.measure(new Map([['l400', 60]]))).toBe(false)
    expect([layout.height(), layout.topOf(402), layout.numberAt(8059), layout.numberAt(8060)]).toEqual([8240, 8060, 401, 402])
    layout.show({ rowPixels: 20, least: 0, keepsHeights: false })
    expect(layout.height()).toBe(8200)
  })

  test('keeps the rows that did not change, so that nothing of them is drawn again', () => {
    const { book, layout } = open()
    book.fill(book.pieces[2]!, lines(400, 410))
    const before = layout.between(8000, 9000).rows
    book.append([line(950)])
    const after = layout.between(8000, 9000).rows
    expect(after.length).toBe(before.length + 1)
    expect(before.every((row, index) => row === after[index])).toBe(true)
  })

  test('marks where the grave lines are: exactly where they are held, else by their piece', () => {
    const { book, layout } = open()
    book.append([line(100, 40, 'e'), line(950, 30, 'w')])
    expect(layout.marks()).toEqual({ errors: [(201 * 10) / (412 * 20)], warnings: [expect.closeTo((401 * 20 + 55 * 2) / (412 * 20), 2)] })
    book.fill(book.pieces[2]!, [...lines(400, 410), line(950, 30, 'w')])
    expect(layout.marks().warnings).toEqual([411 / 412])
  })
})

describe('the matches of a search', () => {
  const found = { lineCount: 10, count: 3, numbers: [2, 5, 9] }
  const said = (number: number, message = 'Timeout', level = 20) => ({ number, line: { level, message } })

  test('grow with the log by lines that match, and stay with their lines when one comes before them', () => {
    const matches = createMatches('time', 20, found)
    matches.add([said(11, 'TIMEOUT'), said(12, 'none'), said(13, 'timeout', 10), said(5, 'late')], 10)
    expect([matches.count, matches.numbers]).toEqual([4, [2, 6, 10, 12]])
  })

  test('are gone through in a ring', () => {
    const matches = createMatches('time', 0, found)
    expect([matches.from(1), matches.from(5), matches.from(6), matches.from(10)]).toEqual([0, 1, 2, 0])
    expect([matches.before(2), matches.before(9), matches.before(11)]).toEqual([2, 1, 2])
    expect(createMatches('time', 0, { ...found, numbers: [], count: 0 }).from(1)).toBe(-1)
  })

  test('that are too many to be told of are still counted', () => {
    const matches = createMatches('time', 0, { ...found, count: 5 })
    matches.add([said(11)], 10)
    expect([matches.count, matches.numbers]).toEqual([6, [2, 5, 9]])
  })
})

describe('a message', () => {
  test('is shown without the codes for a terminal', () => {
    expect(plainText('\u001b[31;1mred\u001b[0m and \u001b]8;;https://a.b\u0007linked\u001b]8;;\u0007')).toBe('red and linked')
  })

  test.each([
    ['one line', undefined],
    ['one line\n', undefined],
    ['a\nb', { first: 'a', last: '', words: '1 more line' }],
    ['a\nb\nc', { first: 'a', last: '', words: '2 more lines' }],
    [
      'Failed\nTraceback (most recent call last):\n  File "x"\nValueError: no\n  detail',
      { first: 'Failed', last: 'ValueError: no', words: 'traceback, 4 lines' },
    ],
  ])('%j is folded to %j', (text, folded) => {
    expect(fold(text)).toEqual(folded && { ...folded, lastAt: text.lastIndexOf(folded.last) })
  })

  test('has links where it names an address that is safe to follow, and nothing of its sentence in them', () => {
    expect(spansOf('see https://a.b/c?d=1, (https://e.f) or http://g.h javascript:x', '').filter(({ href }) => href)).toEqual([
      { text: 'https://a.b/c?d=1', href: 'https://a.b/c?d=1' },
      { text: 'https://e.f', href: 'https://e.f' },
    ])
  })

  test('is marked where it has what is searched for, also within a link', () => {
    expect(spansOf('Row: row at https://row.io', 'ROW')).toEqual([
      { text: 'Row', isMatch: true },
      { text: ': ' },
      { text: 'row', isMatch: true },
      { text: ' at ' },
      { text: 'https://', href: 'https://row.io' },
      { text: 'row', isMatch: true, href: 'https://row.io' },
      { text: '.io', href: 'https://row.io' },
    ])
  })

  test('of a level is counted with the graver ones', () => {
    expect([0, 20, 30, 50].map(least => countFrom({ debug: 1, info: 2, warning: 4, error: 8, critical: 16 }, least))).toEqual([
      31, 30, 28, 16,
    ])
  })
})
