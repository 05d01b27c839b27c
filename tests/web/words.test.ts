import { describe, expect, test } from 'vitest'
import { namesOfTypes } from '../../web/src/parts/state-names.ts'
import { lookOf, type StateType } from '../../web/src/parts/states.ts'
import {
  formatAgo,
  formatClock,
  formatCount,
  formatDate,
  formatDuration,
  formatExact,
  formatLength,
  formatSpan,
  formatStretch,
  fromWallClock,
  plural,
  tellMomentsIn,
  toWallClock,
  zoneName,
  zoneOffset,
} from '../../web/src/parts/words.ts'

describe('words', () => {
  test('a duration is as exact as it helps', () => {
    const said = [0, 0.231, 0.0001, 42.9, 402, 3_600 + 23 * 60, 86_400 * 2 + 3_600 * 3].map(formatDuration)
    expect(said).toEqual(['0s', '231 ms', '1 ms', '42s', '6m 42s', '1h 23m', '2d 03h'])
  })

  test('a moment near now is told by its distance', () => {
    const now = 10_000_000
    expect([now - 240_000, now + 2_040_000, now, now - 7_300_000].map(time => formatAgo(time, now))).toEqual([
      '4m ago',
      'in 34m',
      'now',
      '2h ago',
    ])
  })

  test('a moment is told in the zone that is asked for, also across a change of its clocks', () => {
    let zone = 'UTC'
    tellMomentsIn(() => zone)
    const [winter, summer] = [Date.UTC(2026, 0, 1, 12), Date.UTC(2026, 6, 1, 12)]
    const said = () => [zoneName(), formatClock(winter), formatClock(summer)]
    expect(said()).toEqual(['UTC', '12:00:00', '12:00:00'])
    zone = 'America/New_York'
    expect(said()).toEqual(['New York', '07:00:00', '08:00:00'])
    expect(formatExact(winter)).toContain('GMT-5')
    tellMomentsIn(() => undefined)
  })

  test('a stretch names its day once, and whole days alone', () => {
    tellMomentsIn(() => 'UTC')
    const at = (day: number, hour = 0, minute = 0) => Date.UTC(2026, 10, day, hour, minute)
    expect(formatStretch(at(25, 7), at(25, 7, 15))).toBe('Wed 25, 07:00 to 07:15')
    expect(formatStretch(at(24, 23), at(25, 1))).toBe('Tue 24, 23:00 to Wed 25, 01:00')
    expect([formatStretch(at(24), at(25)), formatStretch(at(24), at(26))]).toEqual(['Tue 24', 'Tue 24 to Wed 25'])
    tellMomentsIn(() => undefined)
  })

  test('the day of a line has its month, and its year where that is another', () => {
    tellMomentsIn(() => 'UTC')
    const now = Date.UTC(2026, 10, 30, 12)
    const said = [Date.UTC(2026, 10, 5), now, Date.UTC(2025, 10, 30)].map(time => formatDate(time, now))
    expect(said).toEqual(['05 Nov', '30 Nov', '30 Nov 2025'])
    tellMomentsIn(() => 'Asia/Tokyo')
    expect(formatDate(Date.UTC(2026, 10, 29, 16), now)).toBe('30 Nov')
    tellMomentsIn(() => undefined)
  })

  test('lengths and spans are said by their largest unit', () => {
    const hour = 3_600_000
    expect([formatLength(hour / 4), formatLength(2 * hour), formatLength(48 * hour)]).toEqual(['15-minute', '2-hour', '2-day'])
    expect([formatSpan(hour / 3), formatSpan(2.1 * hour), formatSpan(47 * hour), formatSpan(49 * hour)]).toEqual(['20m', '2h', '47h', '2d'])
  })

  test('a clock on the wall is that of the zone, there and back, also across a change of its clocks', () => {
    tellMomentsIn(() => 'Europe/Paris')
    for (const time of [Date.UTC(2026, 6, 1, 9, 30), Date.UTC(2026, 11, 1, 9, 30), Date.UTC(2026, 2, 29, 1, 30)])
      expect(fromWallClock(toWallClock(time))).toBe(time)
    expect(toWallClock(Date.UTC(2026, 6, 1, 9, 30))).toBe('2026-07-01T11:30')
    expect([zoneOffset(Date.UTC(2026, 6, 1)), zoneOffset(Date.UTC(2026, 0, 1))]).toEqual([7_200_000, 3_600_000])
    tellMomentsIn(() => undefined)
  })

  test('counts have separators and agree with their noun', () => {
    expect([formatCount(1243), plural(1, 'run'), plural(2, 'run')]).toEqual(['1,243', '1 run', '2 runs'])
  })
})

describe('the look of a state', () => {
  test('follows its name where the name is known', () => {
    expect(lookOf('SCHEDULED', 'AwaitingRetry')).toEqual({ family: 'waiting', mark: 'awaitingRetry', label: 'Awaiting retry' })
    expect(lookOf('PAUSED', 'NotReady')).toEqual({ family: 'paused', mark: 'paused', label: 'Not ready' })
  })

  test('of every name that the server gives is said in words', () => {
    for (const [type, names] of Object.entries(namesOfTypes))
      for (const name of names) expect(lookOf(type as StateType, name).label).toMatch(/^[A-Z][a-z]+( [a-z]+)*$/)
    expect(lookOf('COMPLETED', 'RolledBack').label).toBe('Rolled back')
  })

  test('follows its type where a user made the name up, which is shown as written', () => {
    expect(lookOf('COMPLETED', 'all good')).toEqual({ family: 'completed', mark: 'completed', label: 'all good' })
  })
})
