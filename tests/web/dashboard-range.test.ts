import { describe, expect, test } from 'vitest'
import { bucketCountOf, QUARTER_HOUR } from '../../web/src/charts/time-range.ts'
import { rangeBetween, rangeNames, rangeUpTo } from '../../web/src/pages/dashboard/dashboard-range.ts'
import { filterOf, queryOf, readScope, runsQuery } from '../../web/src/pages/dashboard/dashboard-scope.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const now = Date.UTC(2026, 10, 25, 16, 25, 4)
const inUtc = () => 0
const iso = (time: number) => new Date(time).toISOString().slice(0, 16)

describe('a range up to now', () => {
  test('of a day has a bucket for each quarter of an hour and reaches two hours ahead', () => {
    const range = rangeUpTo('24h', now, inUtc)
    expect([iso(range.start), iso(range.end), range.bucketMilliseconds]).toEqual(['2026-11-24T16:15', '2026-11-25T18:30', QUARTER_HOUR])
  })

  test('of a week or a month begins on a round hour of the zone, the month at most a quarter of a day before', () => {
    const inKathmandu = () => 5.75 * HOUR
    const week = rangeUpTo('7d', now, inKathmandu)
    const month = rangeUpTo('30d', now, inKathmandu)
    expect(iso(week.start + inKathmandu())).toBe('2026-11-18T22:00')
    expect(iso(month.start + inKathmandu())).toBe('2026-10-26T18:00')
  })

  test.each(rangeNames)('%s: is made of whole buckets, of which one is under way and the past is not cut', name => {
    for (let time = now; time < now + 2 * HOUR; time += 421_000) {
      const { start, end, bucketMilliseconds: bucket } = rangeUpTo(name, time, inUtc)
      const past = { '1h': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY }[name]
      expect((end - start) % bucket).toBe(0)
      expect(start % QUARTER_HOUR).toBe(0)
      expect(time - start).toBeGreaterThanOrEqual(past)
      expect(time - start).toBeLessThan(past + bucket)
      expect(end).toBeGreaterThan(time)
      expect(bucketCountOf({ start, end, bucketMilliseconds: bucket })).toBeLessThanOrEqual(500)
    }
  })

  test('moves on when the clock passes the border of a bucket, and not before', () => {
    const border = Date.UTC(2026, 10, 25, 16, 30)
    const at = (time: number) => JSON.stringify(rangeUpTo('24h', time, inUtc))
    expect(at(border - 1)).toBe(at(now))
    expect(at(border)).not.toBe(at(border - 1))
    expect(rangeUpTo('24h', border, inUtc).end - rangeUpTo('24h', border - 1, inUtc).end).toBe(QUARTER_HOUR)
  })

  test('is made of whole buckets also across a change of the clocks', () => {
    const changed = Date.UTC(2026, 9, 25, 1)
    const inParis = (time: number) => (time < changed ? 2 : 1) * HOUR
    const { start, end, bucketMilliseconds } = rangeUpTo('7d', changed + 3 * DAY, inParis)
    expect((end - start) % bucketMilliseconds).toBe(0)
    expect(((start + 2 * HOUR) / HOUR) % 2).toBe(0)
  })
})

test('a range of one’s own has the shortest buckets that can be told apart, never more than the server gives', () => {
  const start = Date.UTC(2026, 0, 1)
  const sizes = [QUARTER_HOUR, 6 * HOUR, 2 * DAY, 40 * DAY, 3 * 365 * DAY, 20 * 365 * DAY].map(length =>
    rangeBetween(start, start + length),
  )
  expect(sizes.map(({ bucketMilliseconds }) => bucketMilliseconds / HOUR)).toEqual([0.25, 0.25, 0.5, 12, 336, 1512])
  for (const range of sizes) expect(bucketCountOf(range)).toBeLessThanOrEqual(130)
})

describe('the address', () => {
  const read = (query: string) => readScope(new URLSearchParams(query))

  test('says nothing of what is usual', () => {
    expect(read('')).toEqual({ range: '24h', tag: undefined, hasSubflows: false, state: undefined })
    expect(Object.values(queryOf(read(''))).every(value => value === undefined)).toBe(true)
  })

  test.each(['range=7d&tag=nightly&subflows=shown&state=FAILED', 'after=2026-11-25T09%3A30%3A00.000Z&before=2026-11-25T12%3A30%3A00.000Z'])(
    '%s is read and written alike',
    query => {
      const written = Object.entries(queryOf(read(query))).filter(([, value]) => value !== undefined) as [string, string][]
      expect(new URLSearchParams(written).toString()).toBe(query)
    },
  )

  test('takes times to the quarters of an hour which are shown', () => {
    expect(read('after=2026-11-25T09:34:00Z&before=2026-11-25T12:21:00Z').range).toEqual({
      after: Date.UTC(2026, 10, 25, 9, 30),
      before: Date.UTC(2026, 10, 25, 12, 30),
    })
  })

  test.each([
    'range=2y',
    'after=2026-11-25T09:30:00Z',
    'after=tomorrow&before=never',
    'after=2026-11-25T12:00:00Z&before=2026-11-25T11:00:00Z',
    'state=Gone',
    'tag=%20',
  ])('%s is the usual scope', query => {
    expect(read(query)).toEqual(read(''))
  })

  test('leads to the same runs on their own page', () => {
    const filter = filterOf(read('tag=nightly'))
    expect(runsQuery(filter, ['Late'])).toEqual({
      state: ['Late'],
      tag: 'nightly',
      after: undefined,
      before: undefined,
      subflows: 'hidden',
    })
    const bar = runsQuery(filterOf(read('subflows=shown')), [], { start: 0, end: QUARTER_HOUR })
    // Both ends of the list belong to it.
    expect(bar).toEqual({
      state: [],
      tag: undefined,
      after: '1970-01-01T00:00:00.000Z',
      before: '1970-01-01T00:14:59.999Z',
      subflows: undefined,
    })
  })
})
