import { describe, expect, test } from 'vitest'
import { createIds, isUuid } from '../../../src/kernel/ids.ts'
import { manualClock } from './manual-clock.ts'

describe('an id', () => {
  test('is a UUID of version 7 that begins with the time it was made', () => {
    const clock = manualClock(1_795_608_000_123_000)
    const id = createIds(clock).uuid()
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_795_608_000_123)
  })

  test('is greater than the one before, also when 10 000 are made in one millisecond', () => {
    const ids = createIds(manualClock())
    const made = Array.from({ length: 10_000 }, () => ids.uuid())
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
    expect(made.every(isUuid)).toBe(true)
  })

  test('is greater than the one before when the clock goes back', () => {
    const clock = manualClock()
    const ids = createIds(clock)
    const before = ids.uuid()
    clock.set(clock.now() - 3_600_000_000)
    const after = ids.uuid()
    expect(after > before).toBe(true)
  })

  test('of two makers at the same moment are different', () => {
    const clock = manualClock()
    expect(createIds(clock).uuid()).not.toBe(createIds(clock).uuid())
  })
})

test('chance lies between 0 and 1, without 1', () => {
  const ids = createIds(manualClock())
  const drawn = Array.from({ length: 1000 }, () => ids.random())
  expect(drawn.every(number => number >= 0 && number < 1)).toBe(true)
  expect(new Set(drawn).size).toBeGreaterThan(900)
})

test.each([
  ['019AB000-0000-7000-8000-000000000001', true],
  ['019ab000-0000-7000-8000-000000000001', true],
  ['019ab000-0000-7000-8000-00000000000', false],
  ['019ab00000007000800000000000001', false],
  ['{019ab000-0000-7000-8000-000000000001}', false],
  [7, false],
  [null, false],
])('%j is a UUID: %s', (text, expected) => {
  expect(isUuid(text)).toBe(expected)
})
