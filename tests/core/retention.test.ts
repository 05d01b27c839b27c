import { describe, expect, test } from 'vitest'
import { expiredEntries, expiryAt, isExpiredRun } from '../../src/core/retention/index.ts'
import { instantOfUuid } from '../../src/kernel/ids.ts'

const day = 86_400_000_000

describe('what is too old', () => {
  test('is counted in days back from now, and 0 days keep for ever', () => {
    const settings = { retentionRunsDays: 90, retentionEventsDays: 0, retentionLogsDays: 0.5 }
    expect(expiryAt(100 * day, settings)).toEqual({ runs: 10 * day, events: null, lines: 99.5 * day })
  })

  test.each([
    ['COMPLETED', 9, 10, true],
    ['CRASHED', 9, 10, true],
    ['COMPLETED', 10, 10, false],
    ['COMPLETED', 9, null, false],
    ['RUNNING', null, 10, false],
    ['PAUSED', null, 10, false],
    [null, null, 10, false],
  ] as const)('of a run in %s with the end %s, where what ended before %s goes: %s', (stateType, endTime, before, isExpired) => {
    expect(isExpiredRun({ stateType, endTime }, before)).toBe(isExpired)
  })
})

describe('of the oldest entries of a log', () => {
  const gone = (ages: string, readByAll?: number) =>
    expiredEntries(
      [...ages].map((age, index) => ({ seq: index + 1, age })),
      ({ age }) => age === 'o',
      readByAll,
    )
  test.each([
    ['the old ones go up to the first young one', 'oooyoy', [1, 2, 3]],
    ['the last one stays, however old', 'ooo', [1, 2]],
    ['the only one stays', 'o', []],
    ['none go when the first is young', 'yoo', []],
    ['none go where there are none', '', []],
  ])('%s', (_rule, ages, expected) => {
    expect(gone(ages)).toEqual(expected)
  })

  test('none goes that a durable follower has not read', () => {
    expect(gone('ooooo', 2)).toEqual([1, 2])
    expect(gone('ooooo', 0)).toEqual([])
  })
})

test('the id of a row tells the millisecond in which it was made', () => {
  expect(instantOfUuid('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(1_645_557_742_000_000)
})
