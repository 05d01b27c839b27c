import { describe, expect, test } from 'vitest'
import type { FlowRunRowFragment, StateType } from '../../web/src/generated/graphql.ts'
import { bucketsOf, ratesOf } from '../../web/src/pages/dashboard/sparks.ts'
import { newestFirst } from '../../web/src/pages/flow-runs/list-order.ts'

const run = (minute: number, stateType: StateType = 'COMPLETED', id = `run-${minute}`) =>
  ({ id, stateType, expectedStartTime: new Date(minute * 60_000).toISOString() }) as FlowRunRowFragment

const newest = (...runs: FlowRunRowFragment[]) => runs.sort(newestFirst)

describe('the history in a tile', () => {
  test('counts every run once, the oldest in the first bucket and the newest in the last', () => {
    const runs = newest(...Array.from({ length: 24 }, (_, minute) => run(minute, minute === 5 ? 'FAILED' : 'COMPLETED')))
    const buckets = bucketsOf(runs, 24 * 60_000) ?? []
    expect(buckets).toHaveLength(24)
    expect(buckets.map(bucket => bucket.get('COMPLETED') ?? 0).reduce((sum, count) => sum + count)).toBe(23)
    expect(buckets[5]?.get('FAILED')).toBe(1)
  })

  test('is left out where there are too few runs to make one', () => {
    expect(bucketsOf(newest(run(1), run(2)), 180_000)).toBeUndefined()
  })

  test('has no rate where nothing ended', () => {
    const bucket = (...counts: [StateType, number][]) => new Map(counts)
    expect(ratesOf([bucket(['COMPLETED', 3], ['FAILED', 1]), bucket(['RUNNING', 2]), bucket(['CRASHED', 1])])).toEqual([0.75, null, 0])
  })
})

describe('runs in a list', () => {
  test('stand newest first, and by id where they were due together', () => {
    expect(newest(run(1, 'FAILED', 'a'), run(2), run(1, 'FAILED', 'b')).map(({ id }) => id)).toEqual(['run-2', 'b', 'a'])
  })
})
