import { describe, expect, test } from 'vitest'
import { scaleFor, UPPER } from '../../web/src/pages/dashboard/waterline.ts'
import { lookOf } from '../../web/src/parts/states.ts'
import {
  formatAgo,
  formatClock,
  formatCount,
  formatDuration,
  formatExact,
  plural,
  tellMomentsIn,
  zoneName,
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

  test('counts have separators and agree with their noun', () => {
    expect([formatCount(1243), plural(1, 'run'), plural(2, 'run')]).toEqual(['1,243', '1 run', '2 runs'])
  })
})

describe('the look of a state', () => {
  test('follows its name where the name is known', () => {
    expect(lookOf('SCHEDULED', 'AwaitingRetry')).toEqual({ family: 'waiting', mark: 'awaitingRetry', label: 'Awaiting retry' })
    expect(lookOf('PAUSED', 'NotReady')).toEqual({ family: 'paused', mark: 'paused', label: 'Not ready' })
  })

  test('follows its type where a user made the name up, which is shown as written', () => {
    expect(lookOf('COMPLETED', 'all good')).toEqual({ family: 'completed', mark: 'completed', label: 'all good' })
  })
})

describe('the scale of the waterline', () => {
  test('reaches to the round duration above the longest run, with at most three lines', () => {
    const { heightOf, grid } = scaleFor(400)
    expect(heightOf(600)).toBe(UPPER)
    expect(heightOf(0)).toBe(0)
    expect(grid.map(({ label }) => label)).toEqual(['10s', '10m'])
    for (const longest of [0, 5, 50, 500, 5_000, 50_000, 5_000_000]) expect(scaleFor(longest).grid.length).toBeLessThanOrEqual(3)
  })
})
