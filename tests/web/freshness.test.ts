import { describe, expect, test } from 'vitest'
import { createFreshness } from '../../web/src/live/freshness.ts'

const rows = (...versions: number[]) => versions.map((version, index) => ({ id: `run-${index}`, version }))

describe('a row is fresh', () => {
  test('never at the first look', () => {
    expect([...createFreshness()(rows(1, 2))]).toEqual([])
  })

  test('when its version changed or it is new, until it changes again or has been for a moment', () => {
    let now = 0
    const freshness = createFreshness(() => now)
    freshness(rows(1, 1))
    expect([...freshness(rows(1, 2, 1))]).toEqual([
      ['run-1', 2],
      ['run-2', 1],
    ])
    expect(freshness(rows(1, 2, 1)).size).toBe(2)
    expect(freshness(rows(1, 3, 1)).get('run-1')).toBe(3)
    now = 900
    expect(freshness(rows(1, 3, 1)).size).toBe(0)
  })

  test('not when too many change at once', () => {
    const freshness = createFreshness()
    freshness(rows(...Array(20).fill(1)))
    expect(freshness(rows(...Array(20).fill(2))).size).toBe(0)
  })

  test('not when few change at a time, but many in a moment', () => {
    let now = 0
    const freshness = createFreshness(() => now)
    freshness(rows(1, 1, 1))
    const sizes = Array.from({ length: 6 }, (_, index) => {
      now += 100
      return freshness(rows(index + 2, index + 2, index + 2)).size
    })
    expect(sizes).toEqual([3, 3, 3, 3, 0, 0])
    now += 900
    expect(freshness(rows(9, 7, 7)).size).toBe(1)
  })
})
