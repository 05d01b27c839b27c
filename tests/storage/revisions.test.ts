import { describe, expect, test } from 'vitest'
import { planDowngrade, planUpgrade } from '../../src/storage/revisions.ts'

const known = ['0001-first', '0002-variables', '0003-limits', '0004-lists']
const applied = known.slice(0, 2)

describe('an upgrade', () => {
  test.each([
    [undefined, ['0003-limits', '0004-lists'], '0004-lists'],
    ['head', ['0003-limits', '0004-lists'], '0004-lists'],
    ['+1', ['0003-limits'], '0003-limits'],
    ['0003-limits', ['0003-limits'], '0003-limits'],
    ['0003', ['0003-limits'], '0003-limits'],
    ['lim', ['0003-limits'], '0003-limits'],
    ['0002-variables', [], '0002-variables'],
  ])('to %s applies %j', (revision, steps, target) => {
    expect(planUpgrade(known, applied, revision)).toEqual({ direction: 'up', steps, target })
  })

  test.each(['typo', 'li', '+3', '0001', '-1', 'base', ''])('to %j is refused, and the refusal says that nothing was changed', revision => {
    expect(() => planUpgrade(known, applied, revision)).toThrow(/Nothing was changed/)
  })

  test('of an empty database begins with the first revision', () => {
    expect(planUpgrade(known, [], '+1')).toEqual({ direction: 'up', steps: ['0001-first'], target: '0001-first' })
  })
})

describe('a downgrade', () => {
  test.each([
    [undefined, ['0004-lists'], '0003-limits'],
    ['-3', ['0004-lists', '0003-limits', '0002-variables'], '0001-first'],
    ['base', ['0004-lists', '0003-limits', '0002-variables', '0001-first'], null],
    ['-4', ['0004-lists', '0003-limits', '0002-variables', '0001-first'], null],
    ['0002', ['0004-lists', '0003-limits'], '0002-variables'],
    ['0004-lists', [], '0004-lists'],
  ])('to %s takes back %j, newest first', (revision, steps, target) => {
    expect(planDowngrade(known, known, revision)).toEqual({ direction: 'down', steps, target })
  })

  test.each(['typo', '-5', '+1', 'head', ''])('to %j is refused, and the refusal says that nothing was changed', revision => {
    expect(() => planDowngrade(known, known, revision)).toThrow(/Nothing was changed/)
  })

  test('does not go up', () => {
    expect(() => planDowngrade(known, applied, '0003')).toThrow(/above this database/)
  })
})
