import { describe, expect, test } from 'vitest'
import { createRows } from '../../web/src/pages/flow-runs/list-rows.ts'

const row = (id: string, start: number, type = 'RUNNING', version = 1) => ({ id, start, type, version })
type Row = ReturnType<typeof row>

const entering = (one: Row, before: string | null) => ({
  row: one,
  before: before === null ? null : { type: before, name: before },
  after: { type: one.type, name: one.type },
})

/** A list of what is running, newest first, of which two may wait. */
const arrange = (rows: readonly Row[], { endCursor, total = rows.length }: { endCursor?: string; total?: number } = {}) => {
  const list = createRows<Row>(() => ({
    belongs: ({ type }) => type === 'RUNNING',
    isInState: ({ type }) => type === 'RUNNING',
    compare: (left, right) => right.start - left.start,
    most: 2,
  }))
  list.reset({ rows, endCursor, total: { value: total, isExact: true } })
  return list
}
const idsOf = ({ shown }: { shown: readonly Row[] }) => shown.map(({ id }) => id).join('')

describe('rows of a list', () => {
  test('a row that no longer matches keeps its place until the list is refreshed, and is counted out at once', () => {
    const list = arrange([row('b', 2), row('a', 1)])
    list.apply([entering(row('b', 2, 'FAILED', 2), 'RUNNING')])
    expect(list.read()).toMatchObject({ shown: [{ id: 'b', type: 'FAILED' }, { id: 'a' }], departed: 1, total: { value: 1 } })
    expect(list.refresh()).toBe(true)
    expect(list.read()).toMatchObject({ shown: [{ id: 'a' }], departed: 0, total: { value: 1 } })
  })

  test('a row that did not change keeps its identity', () => {
    const list = arrange([row('b', 2), row('a', 1)])
    const before = list.read().shown
    list.apply([entering(row('b', 2, 'RUNNING', 2), 'RUNNING')])
    expect(list.read().shown[1]).toBe(before[1])
    expect(list.read().shown).not.toBe(before)
  })

  test('a new one waits, is counted, and comes to its place when asked for', () => {
    const list = arrange([row('c', 3), row('a', 1)])
    list.apply([entering(row('d', 4), null), entering(row('b', 2), 'PENDING')])
    expect(list.read()).toMatchObject({ waiting: 2, total: { value: 4 } })
    expect(idsOf(list.read())).toBe('ca')
    list.refresh()
    expect(idsOf(list.read())).toBe('dcba')
    expect(list.read().waiting).toBe(0)
  })

  test('a waiting one that stops matching waits no longer', () => {
    const list = arrange([])
    list.apply([entering(row('a', 1), null)])
    list.apply([entering(row('a', 1, 'FAILED', 2), 'RUNNING')])
    expect(list.read()).toMatchObject({ waiting: 0, total: { value: 0 } })
  })

  test('an older version never replaces a newer one', () => {
    const list = arrange([row('a', 1, 'RUNNING', 5)])
    list.apply([entering(row('a', 1, 'FAILED', 4), 'RUNNING')])
    expect(list.read().shown[0]).toMatchObject({ type: 'RUNNING', version: 5 })
  })

  test('what belongs behind the last row read comes with its page, and not twice', () => {
    const list = arrange([row('c', 3)], { endCursor: 'behind c', total: 2 })
    list.apply([entering(row('a', 1), 'PENDING')])
    expect(list.read()).toMatchObject({ waiting: 0, total: { value: 3 }, hasMore: true })
    list.append({ rows: [row('c', 3), row('a', 1)], endCursor: undefined })
    expect(idsOf(list.read())).toBe('ca')
    expect(list.read().hasMore).toBe(false)
  })

  test('more than may wait are not kept, and then only the server knows the list', () => {
    const list = arrange([row('a', 1)])
    list.apply([2, 3, 4].map(start => entering(row(`n${start}`, start), null)))
    expect(list.read()).toMatchObject({ waiting: 2, areMoreWaiting: true, total: { value: 4 } })
    expect(list.refresh()).toBe(false)
    expect(idsOf(list.read())).toBe('a')
  })

  test('a list that follows takes the new ones in, stays as long as it was, and reads the rest again', () => {
    const list = arrange([row('c', 3), row('b', 2), row('a', 1)])
    list.apply([entering(row('d', 4), null)])
    list.follow()
    expect(idsOf(list.read())).toBe('dcb')
    expect(list.read()).toMatchObject({ hasMore: true, endCursor: undefined, waiting: 0 })
    list.apply([5, 6, 7].map(start => entering(row(String(start), start), null)))
    list.follow()
    expect(idsOf(list.read())).toBe('76')
    expect(list.read()).toMatchObject({ hasMore: true, areMoreWaiting: false })
  })

  test('a list that follows and lets a row go is not cut', () => {
    const list = arrange([row('b', 2), row('a', 1)])
    list.apply([entering(row('b', 2, 'FAILED', 2), 'RUNNING')])
    list.follow()
    expect(list.read()).toMatchObject({ shown: [{ id: 'a' }], hasMore: false })
  })

  test('a deleted one leaves, and is counted out whether it was seen or waited', () => {
    const list = arrange([row('b', 2), row('a', 1)])
    list.apply([entering(row('c', 3), null)])
    list.remove(['b', 'c', 'unknown'])
    expect(idsOf(list.read())).toBe('a')
    expect(list.read()).toMatchObject({ waiting: 0, total: { value: 1 } })
  })

  test('an edit without a new state is shown', () => {
    const list = arrange([row('a', 1)])
    list.edit([{ ...row('a', 9) }, row('unknown', 1)])
    expect(list.read().shown).toEqual([row('a', 9)])
  })

  test('a total that was not counted to the end stays as it is', () => {
    const list = arrange([])
    list.reset({ rows: [], endCursor: undefined, total: { value: 10_000, isExact: false } })
    list.apply([entering(row('a', 1), null)])
    expect(list.read().total).toEqual({ value: 10_000, isExact: false })
  })

  test('any stream of changes, then a refresh, shows what a fresh reading would', () => {
    const types = ['PENDING', 'RUNNING', 'FAILED', 'COMPLETED']
    let seed = 7
    const below = (count: number) => (seed = (seed * 16_807) % 2_147_483_647) % count
    const known = new Map(Array.from({ length: 6 }, (_, index) => [`r${index}`, row(`r${index}`, index, types[below(4)])]))
    const compare = (left: Row, right: Row) => right.start - left.start || (left.id < right.id ? -1 : 1)
    const running = () => [...known.values()].filter(({ type }) => type === 'RUNNING').sort(compare)
    const list = createRows<Row>(() => ({
      belongs: ({ type }) => type === 'RUNNING',
      isInState: ({ type }) => type === 'RUNNING',
      compare,
      most: 100,
    }))
    list.reset({ rows: running(), endCursor: undefined, total: { value: running().length, isExact: true } })
    for (let index = 0; index < 400; index += 1) {
      const id = `r${below(40)}`
      const before = known.get(id)
      const next = row(id, before?.start ?? below(1000), types[below(4)], (before?.version ?? 0) + 1)
      known.set(id, next)
      list.apply([entering(next, before?.type ?? null)])
      expect(list.read().total.value).toBe(running().length)
      if (below(5) > 0) continue
      list.refresh()
      expect(list.read().shown).toEqual(running())
    }
  })
})
