import { afterEach, describe, expect, test } from 'vitest'
import { durationScale } from '../../web/src/charts/log-scale.ts'
import { bucketsFrom, merged, mostBelowIn, segmentsOf, stepFor, totalOf } from '../../web/src/charts/state-buckets.ts'
import { ticksOf } from '../../web/src/charts/time-ticks.ts'
import { formatBytes, tellMomentsIn } from '../../web/src/parts/words.ts'

afterEach(() => tellMomentsIn(() => undefined))

describe('a bar on the waterline', () => {
  const scale = { line: 100, upper: 100, lower: 40, mostAbove: 10, mostBelow: 4 }

  test('stands on the line with what went well, and hangs below it with what went wrong, each on a scale of its own', () => {
    expect(segmentsOf({ COMPLETED: 5, RUNNING: 2, FAILED: 2, CRASHED: 1 }, scale)).toEqual([
      { type: 'COMPLETED', y: 50, height: 50 },
      { type: 'RUNNING', y: 30, height: 19 },
      { type: 'FAILED', y: 101, height: 20 },
      { type: 'CRASHED', y: 122, height: 10 },
    ])
  })

  test('shows one failure among thousands', () => {
    expect(segmentsOf({ FAILED: 1 }, { ...scale, mostBelow: 5000 })).toEqual([{ type: 'FAILED', y: 101, height: 2.5 }])
  })

  test('has nothing where there were no runs, zeros included', () => {
    expect(segmentsOf({ COMPLETED: 0, FAILED: 0 }, scale)).toEqual([])
  })

  test('is laid together with its neighbours where there is no room, and no run is lost', () => {
    const buckets = [{ COMPLETED: 1 }, { COMPLETED: 2, FAILED: 1 }, { FAILED: 4 }]
    expect(merged(buckets, 2)).toEqual([{ COMPLETED: 3, FAILED: 1 }, { FAILED: 4 }])
    expect(totalOf(buckets)).toEqual({ COMPLETED: 3, FAILED: 5 })
  })
})

test.each([
  [1, 3, 1],
  [3, 3, 1],
  [4, 3, 2],
  [7, 3, 5],
  [30, 3, 10],
  [31, 3, 20],
  [1022, 3, 500],
])('grid lines up to %i, at most %i, are %i apart', (most, lines, step) => {
  expect(stepFor(most, lines)).toBe(step)
})

describe('the strips of a list', () => {
  test('have a bucket for each count, and for those that were left out as zero', () => {
    const counts = [
      { bucket: 1, type: 'COMPLETED', count: 2 },
      { bucket: 1, type: 'FAILED', count: 5 },
    ] as const
    expect(bucketsFrom(counts, 3)).toEqual([{}, { COMPLETED: 2, FAILED: 5 }, {}])
  })

  test('have one scale of failures, of three at the least', () => {
    expect(mostBelowIn([])).toBe(3)
    expect(mostBelowIn([[{ FAILED: 1 }], [{ CRASHED: 2 }, {}]])).toBe(3)
    expect(mostBelowIn([[{ FAILED: 1 }], [{ CRASHED: 2, FAILED: 3 }, {}]])).toBe(5)
  })
})

describe('a scale of durations', () => {
  test('reaches from the round one below the shortest to the round one above the longest', () => {
    const { grid, yOf } = durationScale([0.25, 42], 100)
    expect(grid.map(({ label }) => label)).toEqual(['100 ms', '1s', '10s', '1m'])
    expect([yOf(0.1), yOf(60)]).toEqual([100, 0])
    expect(yOf(1)).toBeGreaterThan(yOf(10))
  })

  test.each([[[0]], [[1]], [[10_000_000]]])('has two borders for %j too', durations => {
    const { grid, yOf } = durationScale(durations, 100)
    expect(grid.length).toBeGreaterThan(1)
    for (const duration of durations) expect(yOf(duration)).toBeGreaterThanOrEqual(0)
  })
})

describe('ticks of time', () => {
  test.each([
    ['UTC', ['Wed 25', '06:00', '12:00', '18:00']],
    ['Asia/Kolkata', ['06:00', '12:00', '18:00', 'Thu 26']],
    ['America/New_York', ['18:00', 'Wed 25', '06:00', '12:00']],
  ])('stand on round hours of %s, with the day where midnight falls', (zone, labels) => {
    tellMomentsIn(() => zone)
    const start = Date.parse('2026-11-24T23:00:00Z')
    expect(ticksOf({ start, end: start + 23 * 3_600_000 }, 4).map(({ label }) => label)).toEqual(labels)
  })
})

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [4_200_000, '4.2 MB'],
  [166_060_032, '166 MB'],
  [2.5e12, '2.5 TB'],
])('%i bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words)
})
