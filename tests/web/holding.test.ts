import { describe, expect, test } from 'vitest'
import { createHolding } from '../../web/src/pages/dashboard/holding.ts'

const runs = (...ids: string[]) => ids.map(id => ({ id }))
const idsOf = ({ shown }: { shown: readonly { id: string }[] }) => shown.map(({ id }) => id).join('')

describe('a held list', () => {
  test('shows everything while nobody holds it', () => {
    const hold = createHolding()
    const free = { isHolding: false, asked: 0, list: 'all' }
    expect(hold(runs('b', 'a'), free)).toEqual({ shown: runs('b', 'a'), waiting: 0 })
    expect(idsOf(hold(runs('c', 'b', 'a'), free))).toBe('cba')
  })

  test('lets new runs wait and those that leave go', () => {
    const hold = createHolding()
    const held = { isHolding: true, asked: 0, list: 'all' }
    hold(runs('b', 'a'), held)
    const { waiting, ...rest } = hold(runs('d', 'c', 'a'), held)
    expect([idsOf(rest), waiting]).toEqual(['a', 2])
  })

  test('shows the new ones when asked, and holds from there on', () => {
    const hold = createHolding()
    hold(runs('a'), { isHolding: true, asked: 0, list: 'all' })
    expect(idsOf(hold(runs('b', 'a'), { isHolding: true, asked: 1, list: 'all' }))).toBe('ba')
    expect(hold(runs('c', 'b', 'a'), { isHolding: true, asked: 1, list: 'all' }).waiting).toBe(1)
  })

  test('is let go with the holding, and another list starts whole', () => {
    const hold = createHolding()
    hold(runs('a'), { isHolding: true, asked: 0, list: 'all' })
    expect(idsOf(hold(runs('y', 'x'), { isHolding: true, asked: 0, list: 'failed' }))).toBe('yx')
    expect(hold(runs('z', 'y', 'x'), { isHolding: false, asked: 0, list: 'failed' })).toEqual({ shown: runs('z', 'y', 'x'), waiting: 0 })
  })
})
