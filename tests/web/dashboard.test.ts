import { describe, expect, test } from 'vitest'
import type { DashboardEventFragment, DashboardFrameFragment, StateType } from '../../web/src/generated/graphql.ts'
import { activityOf, allOf, hasTaskRuns, taskRunWordsOf } from '../../web/src/pages/dashboard/dashboard-task-runs.ts'
import { tilesOf } from '../../web/src/pages/dashboard/dashboard-tiles.ts'
import { dueIn } from '../../web/src/pages/dashboard/due.ts'
import { createFeed } from '../../web/src/pages/dashboard/feed.ts'
import { isWithoutRuns, withFrame } from '../../web/src/pages/dashboard/frames.ts'
import { rowsIn } from '../../web/src/pages/dashboard/rows.ts'
import { causeOf } from '../../web/src/parts/cause.ts'

type Counts = Partial<Record<StateType, number>>
const countsOf = (counts: Counts) => Object.entries(counts).map(([type, count]) => ({ type: type as StateType, count }))
const at = (index: number) => new Date(index * 900_000).toISOString()

const frameOf = (
  buckets: Counts[],
  { previous = {}, current = {}, late = 0 }: { previous?: Counts; current?: Counts; late?: number } = {},
) =>
  ({
    start: at(0),
    end: at(buckets.length),
    bucketSize: 900,
    buckets: buckets.map((counts, index) => ({ start: at(index), counts: countsOf(counts), lateCount: 0 })),
    previous: { counts: countsOf(previous) },
    current: { counts: countsOf(current), lateCount: late },
    taskRuns: null,
    averageLateness: late > 0 ? 200.4 : null,
    failingFlows: [],
    running: [],
    usualDurations: [],
    upcoming: [],
    newest: [],
  }) satisfies DashboardFrameFragment

describe('a frame', () => {
  test('replaces everything but the buckets that it does not tell of', () => {
    const known = frameOf([{ RUNNING: 1 }, { COMPLETED: 2 }], { current: { RUNNING: 1 } })
    const next = { ...frameOf([]), buckets: [{ start: at(1), counts: countsOf({ COMPLETED: 3 }), lateCount: 0 }], averageLateness: 4 }
    const merged = withFrame(known, next)
    expect(merged.buckets).toEqual([known.buckets[0], next.buckets[0]])
    expect(merged.current).toBe(next.current)
    expect(merged.averageLateness).toBe(4)
  })

  test('that is whole replaces all of them, and one of no known bucket none', () => {
    const known = frameOf([{ RUNNING: 1 }, {}])
    const whole = frameOf([{ FAILED: 1 }, { FAILED: 2 }])
    expect(withFrame(known, whole).buckets).toEqual(whole.buckets)
    const elsewhere = { ...whole, buckets: [{ start: at(7), counts: [], lateCount: 0 }] }
    expect(withFrame(known, elsewhere).buckets).toEqual(known.buckets)
  })

  test('tells a server without runs from one whose runs are elsewhere', () => {
    const upcoming = [{ id: 'one' }] as unknown as DashboardFrameFragment['upcoming']
    expect(isWithoutRuns(frameOf([{}, { FAILED: 0 }]))).toBe(true)
    expect(isWithoutRuns({ ...frameOf([{}]), upcoming })).toBe(false)
    for (const frame of [frameOf([{ FAILED: 1 }]), frameOf([{}], { previous: { FAILED: 1 } }), frameOf([{}], { current: { PAUSED: 1 } })])
      expect(isWithoutRuns(frame)).toBe(false)
  })
})

describe('the task runs', () => {
  const taskRunsOf = (counts: Counts, { previous = {}, current = {} }: { previous?: Counts; current?: Counts } = {}) => ({
    counts: countsOf(counts),
    previous: countsOf(previous),
    current: countsOf(current),
    activity: { bucketCount: 2, counts: Object.entries(counts).map(([type, count]) => ({ bucket: 1, type: type as StateType, count })) },
  })
  const said = (taskRuns: ReturnType<typeof taskRunsOf>) =>
    taskRunWordsOf(taskRuns, 'on previous 24h').map(({ label, number, change, isBad }) => [label, number, change, isBad])

  test('are told by kind with what has changed, more failures being bad, and crashes only where there are any', () => {
    const counts = { COMPLETED: 1200, FAILED: 3, RUNNING: 7, SCHEDULED: 2 }
    const taskRuns = taskRunsOf(counts, { previous: { COMPLETED: 1000, FAILED: 1 }, current: { RUNNING: 9 } })
    expect(said(taskRuns)).toEqual([
      ['Failed', '3', '+2', true],
      ['Running', '9', undefined, undefined],
      ['Completed', '1,200', '+20 %', undefined],
      ['Success rate', '99.7', '−0.2', true],
    ])
    expect(said(taskRunsOf({}, { previous: { CRASHED: 1 } })).map(([label]) => label)).toContain('Crashed')
    expect(allOf(taskRuns)).toBe(1212)
    expect(activityOf(taskRuns)).toEqual([{}, counts])
  })

  test('are shown where there were any, are any, or run now', () => {
    expect(hasTaskRuns(taskRunsOf({}))).toBe(false)
    for (const some of [
      taskRunsOf({ FAILED: 1 }),
      taskRunsOf({}, { previous: { FAILED: 1 } }),
      taskRunsOf({}, { current: { RUNNING: 1 } }),
    ])
      expect(hasTaskRuns(some)).toBe(true)
  })
})

describe('the tiles', () => {
  const said = (frame: DashboardFrameFragment) =>
    tilesOf(frame, 'on previous 24h', Date.parse(frame.end)).map(({ label, number, change, isBad, context }) =>
      [label, number, change, context, isBad ? 'bad' : ''].filter(Boolean).join(' | '),
    )

  test('compare the stretch with the one before; what is late or runs is counted whenever it was expected', () => {
    const frame = frameOf(
      [
        { COMPLETED: 600, FAILED: 17, RUNNING: 2 },
        { COMPLETED: 643, CRASHED: 2, SCHEDULED: 3 },
      ],
      { previous: { COMPLETED: 1195, FAILED: 8, CRASHED: 2 }, current: { RUNNING: 12, SCHEDULED: 9 }, late: 3 },
    )
    expect(said(frame)).toEqual([
      'Failed | 17 | +9 | on previous 24h | bad',
      'Crashed | 2 | same as previous 24h',
      'Late | 3 | 3m 20s | on average',
      'Running | 12 | 10 expected before',
      'Completed | 1,243 | +4 % | on previous 24h',
      'Success rate | 98.4 | −0.7 | points | bad',
    ])
  })

  test('say of nothing that it is nothing', () => {
    expect(said(frameOf([{}]))).toEqual([
      'Failed | 0 | same as previous 24h',
      'Crashed | 0 | same as previous 24h',
      'Late | 0 | all on time',
      'Running | 0 | nothing at work',
      'Completed | 0 | same as previous 24h',
      'Success rate | – | no run has ended',
    ])
  })

  test('fewer failures are no bad news, and few runs make no percentage', () => {
    const frame = frameOf([{ COMPLETED: 9, FAILED: 1 }], { previous: { COMPLETED: 3, FAILED: 4 } })
    expect(said(frame)[0]).toBe('Failed | 1 | −3 | on previous 24h')
    expect(said(frame)[4]).toBe('Completed | 9 | +6 | on previous 24h')
  })

  test('a rate is never rounded up to all', () => {
    expect(said(frameOf([{ COMPLETED: 9_999, FAILED: 1 }]))[5]).toBe('Success rate | 99.9 | of 10,000 ended')
    expect(said(frameOf([{ COMPLETED: 7 }]))[5]).toBe('Success rate | 100 | of 7 ended')
  })

  test('draw what has passed, of which nothing gets lost', () => {
    const frame = frameOf(Array.from({ length: 105 }, (_, index) => ({ FAILED: index < 97 ? 1 : 100 })))
    const [failed] = tilesOf(frame, '', Date.parse(at(96)))
    expect(failed!.bars!.length).toBeLessThanOrEqual(28)
    expect(failed!.bars!.reduce((sum, bar) => sum + bar, 0)).toBe(97)
  })
})

describe('the feed', () => {
  const event = (id: string, thing: string, occurred: string): DashboardEventFragment => ({
    id,
    event: 'prefect.flow-run.Running',
    occurred,
    resource: { 'prefect.resource.id': `prefect.flow-run.${thing}` },
  })

  test('shows the newest event of each thing, newest first, whatever comes twice or late', () => {
    const feed = createFeed()
    feed.reset([event('2', 'a', '2'), event('1', 'b', '1')])
    feed.add([event('4', 'b', '4'), event('3', 'b', '3'), event('4', 'b', '4')])
    expect(feed.read().map(({ id }) => id)).toEqual(['4', '2'])
    feed.reset([event('5', 'c', '5')])
    expect(feed.read().map(({ id }) => id)).toEqual(['5'])
  })

  test('keeps no more than it read at first', () => {
    const feed = createFeed()
    feed.add(Array.from({ length: 500 }, (_, index) => event(`${index}`, `thing-${index}`, String(index).padStart(3, '0'))))
    expect(feed.read()).toHaveLength(60)
    expect(feed.read()[0]!.id).toBe('499')
  })
})

test('a cause is one line, without what every message begins with', () => {
  expect(causeOf('Flow run encountered an exception: ValueError: no\nTraceback …')).toBe('ValueError: no')
  expect(causeOf('Timed out after 15m')).toBe('Timed out after 15m')
  expect([causeOf(''), causeOf(null)]).toEqual([undefined, undefined])
})

test('what is due says when, exactly only as far as it helps', () => {
  const now = 1_000_000_000
  const after = (seconds: number, isLate = false) => dueIn(now + seconds * 1000, now, isLate)
  expect([after(296), after(34 * 60), after(0), after(-20), after(-304, true)]).toEqual([
    'in 4m 56s',
    'in 34m',
    'due now',
    'due now',
    'late 5m 04s',
  ])
})

test('lists are as long as the screen is high, and short on a narrow one', () => {
  expect([rowsIn(900, 1440), rowsIn(1080, 1920), rowsIn(5000, 1920), rowsIn(5000, 390), rowsIn(300, 1440)]).toEqual([6, 9, 15, 6, 6])
})
