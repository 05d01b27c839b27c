import { describe, expect, test } from 'vitest'
import { createHistory, createMean, MOST_INTERVALS } from '../../src/core/flow-runs/flow-run.history.ts'
import { noon, runOf, second } from './flow-run-facts.ts'

const hour = 3600 * second

describe('a history', () => {
  test('has an interval for each stretch of its range, the last one whole, with or without runs', () => {
    expect(createHistory(noon, noon + 2.5 * hour, hour, noon).intervals).toEqual([
      { start: noon, end: noon + hour, states: [] },
      { start: noon + hour, end: noon + 2 * hour, states: [] },
      { start: noon + 2 * hour, end: noon + 3 * hour, states: [] },
    ])
  })

  test('of an empty or turned range is empty, and one of very many intervals is cut off', () => {
    expect(createHistory(noon, noon, hour, noon).intervals).toEqual([])
    expect(createHistory(noon, noon - 1, hour, noon).intervals).toEqual([])
    expect(createHistory(noon, noon + 1000 * hour, hour, noon).intervals).toHaveLength(MOST_INTERVALS)
  })

  test('counts runs by their state where they were expected, with their run times and latenesses', () => {
    const history = createHistory(noon, noon + 2 * hour, hour, noon + 10 * second)
    const running = { stateType: 'RUNNING', stateName: 'Running', stateTimestamp: noon + 4 * second, startTime: noon + 4 * second } as const
    history.add(runOf({ ...running, expectedStartTime: noon, totalRunTime: second }))
    history.add(runOf({ ...running, expectedStartTime: noon + second, totalRunTime: 0 }))
    history.add(runOf({ stateType: 'SCHEDULED', stateName: 'Late', expectedStartTime: noon + hour }))
    history.add(runOf({ stateType: 'SCHEDULED', stateName: 'Late', expectedStartTime: noon + 2 * hour }))
    history.add(runOf({ stateType: 'SCHEDULED', stateName: 'Late', expectedStartTime: noon - 1 }))
    history.add(runOf({ stateType: null, stateName: null, expectedStartTime: null }))
    expect(history.intervals.map(({ states }) => states)).toEqual([
      [{ stateType: 'RUNNING', stateName: 'Running', count: 2, runTime: 13 * second, lateness: 7 * second }],
      [{ stateType: 'SCHEDULED', stateName: 'Late', count: 1, runTime: 0, lateness: 0 }],
    ])
  })
})

test('a mean of nothing is null', () => {
  const mean = createMean()
  expect(mean.value).toBeNull()
  mean.add(1)
  mean.add(2)
  expect(mean.value).toBe(1.5)
})
