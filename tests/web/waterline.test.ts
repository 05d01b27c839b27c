import { describe, expect, test } from 'vitest'
import { barsOf, scalesOf } from '../../web/src/charts/bars.ts'
import { heightAbove, heightBelow, merged, segmentsOf, sumOf, totalOf } from '../../web/src/charts/state-buckets.ts'
import { ticksOf } from '../../web/src/charts/time-ticks.ts'
import { tellMomentsIn } from '../../web/src/parts/words.ts'

const HOUR = 3_600_000
const scale = { line: 100, upper: 80, lower: 20, mostAbove: 8, mostBelow: 5 }

describe('a bar', () => {
  test('stacks what went well upward from the line, hangs failures below it, and leaves what is to come on top', () => {
    const segments = segmentsOf({ SCHEDULED: 1, COMPLETED: 4, FAILED: 2, CRASHED: 1 }, scale)
    expect(segments).toEqual([
      { type: 'COMPLETED', y: 60, height: 40 },
      { type: 'SCHEDULED', y: 50, height: 9 },
      { type: 'FAILED', y: 101, height: 8 },
      { type: 'CRASHED', y: 110, height: 4 },
    ])
  })

  test('shows one failure among thousands', () => {
    const [failed] = segmentsOf({ FAILED: 1 }, { ...scale, mostBelow: 5000 })
    expect(failed!.height).toBe(2.5)
  })

  test('with the others makes a sum that merging does not change, wherever the first one begins', () => {
    const buckets = Array.from({ length: 11 }, (_, index) => ({ COMPLETED: index, FAILED: 1 }))
    for (const [factor, lead] of [
      [4, 0],
      [4, 3],
      [3, 1],
    ] as const)
      expect(totalOf(merged(buckets, factor, lead))).toEqual(totalOf(buckets))
    expect(merged(buckets, 4, 3)[0]).toEqual(buckets[0])
    expect(sumOf(totalOf(buckets), ['FAILED'])).toBe(11)
  })
})

describe('the bars', () => {
  const day = { start: Date.UTC(2026, 10, 24, 16, 15), end: Date.UTC(2026, 10, 25, 18, 30), bucketMilliseconds: HOUR / 4 }
  const buckets = Array.from({ length: 105 }, () => ({ COMPLETED: 1 }))

  test('are the buckets where there is room, and full hours of the zone on a phone', () => {
    expect(barsOf(buckets, day, 1108, 0)).toEqual({ bars: buckets, start: day.start, span: HOUR / 4 })
    const hours = barsOf(buckets, day, 324, 0)
    expect([hours.span, new Date(hours.start).toISOString(), hours.bars.length]).toEqual([HOUR, '2026-11-24T16:00:00.000Z', 27])
    expect(hours.bars[0]).toEqual({ COMPLETED: 3 })
    const halfAnHourAside = barsOf(buckets, day, 324, 5.5 * HOUR)
    expect(halfAnHourAside.bars[0]).toEqual({ COMPLETED: 1 })
  })

  test('stand and hang on scales of their own: a single run is never a full bar, and no bar leaves its scale', () => {
    expect(scalesOf([{ COMPLETED: 1, FAILED: 1 }])).toEqual({ mostAbove: 4, mostBelow: 5, linesAbove: [2, 4] })
    for (const most of [1, 4, 29, 30, 31, 99, 12_345]) {
      const bars = [{ COMPLETED: most, FAILED: most }]
      const { mostAbove, mostBelow, linesAbove } = scalesOf(bars)
      expect(heightAbove(bars[0]!)).toBeLessThanOrEqual(mostAbove)
      expect(heightBelow(bars[0]!)).toBeLessThanOrEqual(mostBelow)
      expect(linesAbove.length).toBeLessThanOrEqual(3)
      expect(linesAbove.length).toBeGreaterThan(0)
    }
  })

  test('have round hours under them, and the day where midnight falls', () => {
    tellMomentsIn(() => 'Europe/Paris')
    expect(ticksOf(day, 9).map(({ label }) => label)).toEqual([
      '18:00',
      '21:00',
      'Wed 25',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
    ])
    tellMomentsIn(() => undefined)
  })
})
