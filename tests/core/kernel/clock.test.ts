import { describe, expect, test } from 'vitest'
import { parseInstant, seconds, systemClock, toIso, toSeconds } from '../../../src/kernel/clock.ts'
import { instantText } from '../../../src/kernel/inputs.ts'

const base = Date.parse('2026-11-25T13:00:00Z') * 1000

describe('a time is read', () => {
  test.each([
    ['2026-11-25T13:00:00Z', base],
    ['2026-11-25T13:00:00z', base],
    ['2026-11-25t13:00:00Z', base],
    ['2026-11-25 13:00:00Z', base],
    ['2026-11-25 13:00:00', base],
    ['2026-11-25T13:00', base],
    ['2026-11-25T13:00:00', base],
    ['2026-11-25T13:00:00.1Z', base + 100_000],
    ['2026-11-25T13:00:00.123Z', base + 123_000],
    ['2026-11-25T13:00:00.123456Z', base + 123_456],
    ['2026-11-25T13:00:00.000001Z', base + 1],
    ['2026-11-25T13:00:00.123456789Z', base + 123_456],
    ['2026-11-25T15:00:00+02:00', base],
    ['2026-11-25T15:00:00+0200', base],
    ['2026-11-25T15:00:00+02', base],
    ['2026-11-25T15:00:00.5+02:00', base + 500_000],
    ['2026-11-25 15:00:00 +02:00', base],
    ['2026-11-25T07:30:00-05:30', base],
    ['2026-11-25', base - 13 * 3600 * 1_000_000],
    ['1969-12-31T23:59:59.999999Z', -1],
    ['0001-01-01T00:00:00Z', Date.parse('0001-01-01T00:00:00Z') * 1000],
    ['9999-12-31T23:59:59.999999Z', Date.parse('9999-12-31T23:59:59Z') * 1000 + 999_999],
  ])('%s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected)
  })

  test.each([
    '',
    'now',
    '13:00',
    '2026-11-25T13',
    '2026-13-01',
    '2026-11-31T00:00:00Z',
    '2026-02-30',
    '2026-11-25T25:00:00Z',
    '2026-11-25T13:60:00Z',
    '2026-02-29T13:00:00.123456Z',
    '2026-11-25T13:00:60.123456Z',
    '2026-00-25T13:00:00.123456Z',
    '2026-11-00T13:00:00.123456Z',
    '2026-11-25T13:00:00.12345aZ',
    '2026-11-25T13:00:00:123456Z',
    '2026111251130100101234567Z0',
    '20261125T130000Z',
    '2026-11-25T13:00:00+99:00',
    ' 2026-11-25',
    '2026-11-25T13:00:00.Z',
    '1795608000',
  ])('but not out of %j', text => {
    expect(parseInstant(text)).toBeUndefined()
  })

  test('and a refusal says what a time looks like', () => {
    expect(instantText.safeParse('tomorrow').error!.issues).toMatchObject([
      { message: 'is not an ISO-8601 time such as 2026-11-25T13:00:00Z' },
    ])
    expect(instantText.parse('2026-11-25T13:00:00Z')).toBe(base)
  })
})

describe('a time is written', () => {
  test.each([
    [base, '2026-11-25T13:00:00.000000Z'],
    [base + 123_456, '2026-11-25T13:00:00.123456Z'],
    [base + 1, '2026-11-25T13:00:00.000001Z'],
    [-1, '1969-12-31T23:59:59.999999Z'],
    [0, '1970-01-01T00:00:00.000000Z'],
  ])('%d with microseconds, in UTC', (instant, expected) => {
    expect(toIso(instant)).toBe(expected)
    expect(parseInstant(expected)).toBe(instant)
  })
})

test('any microsecond from the year 1700 to 2250 is written as a Date writes it, and read back', () => {
  const [first, last] = [Date.parse('1700-01-01T00:00:00Z'), Date.parse('2250-12-31T23:59:59Z')]
  const daysOfLeapYears = ['1900-03-01', '2000-02-29', '2100-02-28', '1972-12-31'].map(day => Date.parse(`${day}T23:59:59.999Z`))
  const evenly = Array.from({ length: 20_000 }, (_, index) => first + Math.floor(((last - first) / 20_000) * index) + index)
  for (const milliseconds of [first, last, ...daysOfLeapYears, ...evenly]) {
    const micros = milliseconds % 1000 === 0 ? 0 : 7
    const written = toIso(milliseconds * 1000 + micros)
    expect(written).toBe(`${new Date(milliseconds).toISOString().slice(0, -1)}00${micros}Z`)
    expect(parseInstant(written)).toBe(milliseconds * 1000 + micros)
  }
})

test('seconds and microseconds are told apart, rounded to the microsecond', () => {
  expect([seconds(1.5), seconds(0.000_000_4), toSeconds(1_500_000)]).toEqual([1_500_000, 0, 1.5])
})

test('the system’s clock counts whole microseconds, and a stopped timer does not fire', async () => {
  expect(Number.isSafeInteger(systemClock.now())).toBe(true)
  let fired = ''
  const stopped = systemClock.after(0, () => (fired += 'stopped'))
  stopped.stop()
  await new Promise<void>(resolve => void systemClock.after(1, resolve))
  await new Promise<void>(resolve => systemClock.nextTurn(resolve))
  expect(fired).toBe('')
})
