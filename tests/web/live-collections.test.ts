import { describe, expect, test } from 'vitest'
import { createNewest } from '../../web/src/live/newest.ts'
import { createNewestList } from '../../web/src/live/newest-list.ts'

describe('newest objects', () => {
  test('an object that is not newer than the known one is refused', () => {
    const newest = createNewest<{ id: string; version: number; name: string }>()
    expect(newest.offer({ id: 'a', version: 2, name: 'second' })).toBe(true)
    expect(newest.offer({ id: 'a', version: 1, name: 'first' })).toBe(false)
    expect(newest.offer({ id: 'a', version: 2, name: 'again' })).toBe(false)
    expect(newest.get('a')?.name).toBe('second')
  })
})

describe('a newest list', () => {
  const run = (id: string, version: number, start: number, kind = 'shown') => ({ id, version, start, kind })
  const arrange = () =>
    createNewestList<ReturnType<typeof run>>({
      limit: 2,
      belongs: ({ kind }) => kind === 'shown',
      compare: (left, right) => right.start - left.start,
    })

  test('takes a new object to its place and cuts at the limit', () => {
    const list = arrange()
    list.reset([run('a', 1, 1), run('b', 1, 2)])
    list.apply([run('c', 1, 3)])
    expect(list.read().map(({ id }) => id)).toEqual(['c', 'b'])
  })

  test('lets an object go that no longer belongs, and brings the next one up', () => {
    const list = arrange()
    list.reset([run('a', 1, 1), run('b', 1, 2), run('c', 1, 3)])
    list.apply([run('c', 2, 3, 'hidden')])
    expect(list.read().map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('is not drained by newer objects that do not belong', () => {
    const list = arrange()
    list.reset([run('a', 1, 1), run('b', 1, 2)])
    list.apply(Array.from({ length: 50 }, (_, index) => run(`other-${index}`, 1, 10 + index, 'hidden')))
    expect(list.read().map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('keeps the identity of what did not change, and of the whole when nothing did', () => {
    const list = arrange()
    list.reset([run('a', 1, 1), run('b', 1, 2)])
    const before = list.read()
    list.apply([run('a', 1, 1)])
    expect(list.read()).toBe(before)
    list.apply([run('a', 2, 1)])
    expect(list.read()[0]).toBe(before[0])
  })

  test('shows an old version never over a new one, whatever the order of arrival', () => {
    const list = arrange()
    list.apply([run('a', 3, 1), run('a', 2, 1)])
    expect(list.read().map(({ version }) => version)).toEqual([3])
  })
})
