import { describe, expect, test } from 'vitest'
import { bucketAt, rangeUpTo } from '../../web/src/charts/time-range.ts'
import type { FlowRowFragment, FlowRunRowFragment, StateType } from '../../web/src/generated/graphql.ts'
import { activityOf, rowOf, rowWithChange, withChange } from '../../web/src/pages/flows/flow-activity.ts'
import { MOST_POINTS, quantile, withRun } from '../../web/src/pages/flows/flow-durations.ts'
import { choiceOf, queryOf } from '../../web/src/pages/flows/flows-choice.ts'
import { searchOf } from './search.ts'

const hour = 3_600_000
const now = Date.parse('2026-11-25T12:07:00Z')
const range = rangeUpTo(now, hour, 24)
const iso = (time: number) => new Date(time).toISOString()
const idle = activityOf({ counts: [], runningCount: 0 }, range)

const change = (type: StateType, previous: StateType | null, { at = now, id = 'run', version = 1 } = {}) => ({
  flowRun: {
    id,
    version,
    name: id,
    flowId: 'flow',
    stateType: type,
    stateName: type,
    stateTimestamp: iso(at),
    expectedStartTime: iso(at),
  },
  state: { type },
  previousState: previous && { type: previous },
})

describe('a range', () => {
  test('ends with the quarter of an hour that is under way, and holds what lies ahead where that is asked', () => {
    expect([iso(range.start), iso(range.end)]).toEqual(['2026-11-24T12:15:00.000Z', '2026-11-25T12:15:00.000Z'])
    expect(iso(rangeUpTo(now, hour, 24, 2).end)).toBe('2026-11-25T14:15:00.000Z')
    expect(iso(rangeUpTo(Date.parse('2026-11-25T12:15:00Z'), hour, 24).end)).toBe('2026-11-25T12:30:00.000Z')
  })

  test('has a bucket for every moment in it and for no other', () => {
    expect([range.start - 1, range.start, range.end - 1, range.end].map(time => bucketAt(range, time))).toEqual([
      undefined,
      0,
      23,
      undefined,
    ])
  })
})

describe('the activity of a flow', () => {
  test('is what was counted, then what every transition makes of it', () => {
    const counted = activityOf({ counts: [{ bucket: 23, type: 'PENDING', count: 2 }], runningCount: 3 }, range)
    const running = withChange(counted, change('RUNNING', 'PENDING'), range)
    expect([running.buckets[23], running.runningCount]).toEqual([{ PENDING: 1, RUNNING: 1 }, 4])
    const failed = withChange(running, change('FAILED', 'RUNNING'), range)
    expect([failed.buckets[23], failed.runningCount]).toEqual([{ PENDING: 1, RUNNING: 0, FAILED: 1 }, 3])
  })

  test('takes in the first state of a run, and leaves out where a run was expected outside the range', () => {
    expect(withChange(idle, change('PENDING', null), range).buckets[23]).toEqual({ PENDING: 1 })
    const outside = withChange(idle, change('RUNNING', 'PENDING', { at: range.start - hour }), range)
    expect([outside.buckets, outside.runningCount]).toEqual([idle.buckets, 1])
  })

  test('counts a run that changes within one kind of state once', () => {
    const pending = withChange(idle, change('SCHEDULED', null), range)
    expect(withChange(pending, change('SCHEDULED', 'SCHEDULED'), range).buckets[23]).toEqual({ SCHEDULED: 1 })
  })
})

describe('the last run of a flow', () => {
  const flow = { id: 'flow', name: 'flow', tags: [], activity: { counts: [], runningCount: 0, eventCursor: '' }, lastRun: null }
  const row = rowOf(flow satisfies FlowRowFragment, range)
  const lastAfter = (...changes: ReturnType<typeof change>[]) =>
    changes.reduce((before, one) => rowWithChange(before, one, range, now), row).lastRun

  test('is the one expected last, in its newest state, and none that is still ahead', () => {
    const older = change('COMPLETED', null, { id: 'older', at: now - hour })
    const newer = change('RUNNING', null, { id: 'newer', at: now - 1 })
    const ahead = change('SCHEDULED', null, { id: 'ahead', at: now + hour })
    expect(lastAfter(older, newer, ahead)?.id).toBe('newer')
    expect(lastAfter(newer, older)?.id).toBe('newer')
    const ended = change('FAILED', 'RUNNING', { id: 'newer', at: now - 1, version: 2 })
    expect(lastAfter(newer, ended, newer)?.stateType).toBe('FAILED')
  })
})

describe('durations', () => {
  test.each([
    [[], undefined, undefined],
    [[7], 7, 7],
    [[3, 1, 2], 2, 3],
    [Array.from({ length: 100 }, (_, index) => index + 1), 50, 95],
  ])('of %j have a middle and a ninety-fifth', (durations, p50, p95) => {
    expect([quantile(durations, 0.5), quantile(durations, 0.95)]).toEqual([p50, p95])
  })

  test('take in a run when it ends, once, and let it go when it goes on', () => {
    const run = (stateType: StateType, totalRunTime = 1) =>
      ({ id: 'a', name: 'a', stateType, startTime: iso(now), totalRunTime }) as FlowRunRowFragment
    const ended = withRun([], run('FAILED', 2))
    expect(ended).toEqual([{ id: 'a', name: 'a', stateType: 'FAILED', startTime: iso(now), duration: 2 }])
    expect(withRun(ended, run('COMPLETED', 3)).map(({ duration }) => duration)).toEqual([3])
    expect(withRun(ended, run('RUNNING'))).toEqual([])
    expect(withRun([], { ...run('CRASHED'), startTime: null })).toEqual([])
    const many = Array.from({ length: MOST_POINTS }, (_, index) => ({ ...ended[0]!, id: String(index) }))
    expect(withRun(many, run('COMPLETED'))).toHaveLength(MOST_POINTS)
  })
})

describe('the address of the list', () => {
  test('says what is chosen and nothing else, and is read back as it was written', () => {
    const plain = choiceOf(new URLSearchParams())
    expect(plain).toEqual({ name: '', tags: [], order: 'name', range: '24h', after: undefined })
    const chosen = { name: 'a b', tags: ['x', 'y'], order: 'newest', range: '7d', after: 'c' } as const
    expect(choiceOf(searchOf(queryOf(plain, chosen)))).toEqual(chosen)
    expect(queryOf(chosen, { name: '' }).after).toBeUndefined()
    expect(searchOf(queryOf(plain, {})).toString()).toBe('')
  })
})
