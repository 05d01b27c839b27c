import { describe, expect, test } from 'vitest'
import { hasEnd, type Ordered, orderOf } from '../../src/core/notifications/delivery-order.rules.ts'
import { seconds } from '../../src/kernel/clock.ts'

const one = (id: string, kind: Ordered['kind'], stateTimestamp: number, over: Partial<Ordered> = {}): Ordered => ({
  ...{ id, kind, stateTimestamp, status: 'PENDING', dueAt: 0, channelId: 'c', dedupKey: 'k' },
  ...over,
})
const alert = (id: string, at: number, over?: Partial<Ordered>) => one(id, 'ALERT', at, over)
const end = (id: string, at: number, over?: Partial<Ordered>) => one(id, 'RESOLVE', at, over)

/** All are on their way; those that are due are claimed. */
const judge = (...all: Ordered[]) => {
  const claimed = all.filter(({ status, dueAt }) => status === 'PENDING' && dueAt <= 10)
  const { waiting, overtaken } = orderOf(claimed, all, 10)
  return { waiting: [...waiting.keys()], overtaken: [...overtaken.keys()] }
}
const nothing = { waiting: [], overtaken: [] }

describe('an end', () => {
  test.each(['PENDING', 'SENDING'] as const)('waits for trouble before it that is %s', status => {
    expect(judge(alert('a', 1, { status, dueAt: 99 }), end('e', 2))).toEqual({ waiting: ['e'], overtaken: [] })
  })

  test('waits until that has been tried, so that many who wait for a channel that is away keep nobody waiting', () => {
    const dueAtOf = (trouble: Partial<Ordered>) => {
      const all = [alert('a', 1, trouble), end('e', 2)]
      return orderOf([all[1]!], all, 10).waiting.get('e')!.dueAt
    }
    expect(dueAtOf({ dueAt: 99 })).toBe(99 + seconds(1))
    expect(dueAtOf({ dueAt: 5 })).toBe(10 + seconds(1))
    expect(dueAtOf({ dueAt: 99, status: 'SENDING' })).toBe(10 + seconds(1))
  })

  test('waits for trouble of the same moment, and for a digest', () => {
    expect(judge(alert('a', 1), end('e', 1)).waiting).toEqual(['e'])
    expect(judge(one('d', 'DIGEST', 1), end('e', 2)).waiting).toEqual(['e'])
  })

  test('does not wait for what came behind it, goes another way, or is about something else', () => {
    expect(judge(end('e', 1))).toEqual(nothing)
    expect(judge(alert('a', 1, { channelId: 'other' }), end('e', 2))).toEqual(nothing)
    expect(judge(alert('a', 1, { dedupKey: 'other' }), end('e', 2))).toEqual(nothing)
    expect(judge(alert('a', 3), end('e', 2)).waiting).not.toContain('e')
  })
})

describe('new trouble', () => {
  test('waits for an end before it that is going out', () => {
    expect(judge(end('e', 1), alert('a', 2))).toEqual({ waiting: ['a'], overtaken: [] })
    expect(judge(end('e', 1, { status: 'SENDING', dueAt: 99 }), alert('a', 2))).toEqual({ waiting: ['a'], overtaken: [] })
  })

  test('overtakes an end before it that is tried again later, or that waits itself', () => {
    expect(judge(end('e', 1, { dueAt: 99 }), alert('a', 2))).toEqual({ waiting: [], overtaken: ['e'] })
    expect(judge(alert('a', 1), end('e', 2), alert('b', 3))).toEqual({ waiting: ['e'], overtaken: ['e'] })
  })

  test('does not wait for other trouble', () => {
    expect(judge(alert('a', 1, { status: 'SENDING', dueAt: 99 }), alert('b', 2))).toEqual(nothing)
  })
})

test('the trouble of a flow has an end, that of a run has none', () => {
  expect(hasEnd({ dedupKey: 'castellan/p/f', flowId: 'f' })).toBe(true)
  expect(hasEnd({ dedupKey: 'castellan/p/r', flowId: 'f' })).toBe(false)
  expect(hasEnd({ dedupKey: null, flowId: 'f' })).toBe(false)
})
