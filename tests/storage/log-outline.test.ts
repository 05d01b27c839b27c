import { describe, expect, test } from 'vitest'
import { appendLogs, facetLogs, findLogs, listLogs, numberOfLine, outlineLogs } from '../../src/core/logs/index.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const run = '019ab000-0000-7000-8000-000000000001'
const start = 1_780_000_000_000_000

const levels = [10, 20, 20, 20, 25, 30, 40, 50]
const lineAt = (index: number, more: object = {}) => ({
  name: 'n',
  level: levels[index % levels.length]!,
  message: `Line ${index}`,
  timestamp: start + index,
  flowRunId: run,
  ...more,
})

/** Written in another order than that of their time, ten of them at each moment. */
async function log(house: BareHouse, many: number) {
  const lines = Array.from({ length: many }, (_, index) => lineAt(index, { timestamp: start + Math.floor(index / 10) }))
  for (let from = Math.floor((many - 1) / 1000) * 1000; from >= 0; from -= 1000) {
    await appendLogs(house.as(), { lines: lines.slice(from, from + 1000) })
  }
}

forEachStorage(open => {
  describe('the outline of a log', () => {
    test('counts its lines by level, in pieces that are read from their cursors', async () => {
      const house = await open()
      await log(house, 4_123)
      const { counts, pieces, end } = await outlineLogs(house.as(), { flowRunId: run })
      expect(end.map(({ message }) => message)).toEqual(Array.from({ length: 323 }, (_, index) => `Line ${3_800 + index}`))
      expect(counts).toEqual({ debug: 516, info: 2062, warning: 515, error: 515, critical: 515 })
      expect(pieces.length).toBe(21)
      const read = await Promise.all(pieces.map(({ after }) => listLogs(house.as(), { filter: { flowRunIds: [run] }, first: 200, after })))
      expect(read.flatMap(({ nodes }) => nodes.map(({ message }) => message))).toEqual(
        Array.from({ length: 4_123 }, (_, index) => `Line ${index}`),
      )
      for (const [index, { nodes }] of read.entries()) {
        const piece = pieces[index]!.counts
        expect(Object.values(piece).reduce((sum, count) => sum + count)).toBe(nodes.length)
        expect(pieces[index]!.start).toBe(nodes[0]!.timestamp)
        expect(piece.error).toBe(nodes.filter(({ level }) => level === 40).length)
      }
    })

    test('is of the lines before its place in the log, and of no other run or room', async () => {
      const house = await open()
      const room = await openRoom(house, 'other')
      await appendLogs(house.as(), { lines: [lineAt(1), lineAt(2), lineAt(3, { flowRunId: null })] })
      await appendLogs(house.as(undefined, room), { lines: [lineAt(4)] })
      const asking = outlineLogs(house.as(), { flowRunId: run })
      await appendLogs(house.as(), { lines: [lineAt(0)] })
      const { counts, asOf, end } = await asking
      expect(counts).toMatchObject({ debug: 0, info: 2 })
      expect(end.map(({ message }) => message)).toEqual(['Line 1', 'Line 2'])
      const missed = await house.storage.readLog('logs', asOf, 10)
      expect(missed.map(line => (line as unknown as { message: string }).message)).toEqual(['Line 0'])
    })

    test('of a run that logged nothing has no piece', async () => {
      const house = await open()
      expect(await outlineLogs(house.as(), { flowRunId: run })).toMatchObject({ pieces: [], end: [], counts: { info: 0 } })
    })
  })

  describe('a part of a log', () => {
    const taskRun = '019ab000-0000-7000-8000-0000000000a1'
    const lines = [
      lineAt(0),
      lineAt(1, { name: 'shop', taskRunId: taskRun }),
      lineAt(2, { name: 'shop' }),
      lineAt(2, { taskRunId: taskRun, message: 'Line 2 of the task' }),
    ]

    test('is outlined and searched by task run and by logger', async () => {
      const house = await open()
      await appendLogs(house.as(), { lines })
      const counts = async (scope: Parameters<typeof outlineLogs>[1]) =>
        Object.values((await outlineLogs(house.as(), scope)).counts).reduce((sum, count) => sum + count)
      expect(await counts({ taskRunId: taskRun })).toBe(2)
      expect(await counts({ flowRunId: run, names: ['shop'] })).toBe(2)
      expect(await counts({ flowRunId: run, taskRunId: taskRun, names: ['shop'] })).toBe(1)
      expect(await findLogs(house.as(), { taskRunId: taskRun, textContains: 'line 2' })).toMatchObject({
        lineCount: 2,
        count: 1,
        numbers: [2],
      })
      const { nodes } = await listLogs(house.as(), { filter: { flowRunIds: [run], names: ['shop'] } })
      expect(nodes.map(({ message }) => message)).toEqual(['Line 1', 'Line 2'])
    })

    test('is named by who wrote it, those with most lines first', async () => {
      const house = await open()
      await appendLogs(house.as(), { lines: [...lines, lineAt(3, { name: 'shop' })] })
      expect(await facetLogs(house.as(), { flowRunId: run })).toEqual({
        loggers: [
          { name: 'shop', count: 3 },
          { name: 'n', count: 2 },
        ],
        taskRuns: [{ taskRunId: taskRun, count: 2 }],
      })
    })

    test('is found again in the whole: each of its lines has a number there', async () => {
      const house = await open()
      await appendLogs(house.as(), { lines })
      const { cursors } = await listLogs(house.as(), { filter: { taskRunIds: [taskRun] } })
      const numbers = await Promise.all(cursors.map(line => numberOfLine(house.as(), { flowRunId: run, line })))
      expect(numbers).toEqual([2, 4])
      await expect(numberOfLine(house.as(), { flowRunId: run, line: 'nonsense' })).rejects.toThrow('line: is not a cursor of this list')
    })

    test('is of some run: one that names none is refused', async () => {
      const house = await open()
      await expect(outlineLogs(house.as(), {})).rejects.toThrow('flowRunId: is missing: name a flow run, or a task run')
    })
  })

  describe('a search in a log', () => {
    test('finds lines by their number, in either case, however far back', async () => {
      const house = await open()
      await log(house, 4_123)
      const find = (filter: object) => findLogs(house.as(), { flowRunId: run, ...filter })
      expect(await find({ textContains: 'lINE 41' })).toMatchObject({
        lineCount: 4_123,
        count: 34,
        numbers: [42, ...range(411, 420), ...range(4101, 4123)],
      })
      expect(await find({ textContains: 'line 410', levelAtLeast: 50 })).toMatchObject({ count: 1, numbers: [4104] })
      expect(await find({ textContains: '%' })).toMatchObject({ count: 0, numbers: [] })
      expect((await find({ levelAtLeast: 40 })).count).toBe(1030)
    })

    test('tells of no more than 10 000 lines, and counts all', async () => {
      const house = await open()
      await log(house, 10_001)
      const found = await findLogs(house.as(), { flowRunId: run, textContains: 'Line' })
      expect(found).toMatchObject({ count: 10_001 })
      expect(found.numbers).toEqual(range(1, 10_000))
    })
  })
})

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
