import { describe, expect, test } from 'vitest'
import { attemptsOf, graphOf } from '../../src/core/run-graphs/index.ts'
import type { StateType } from '../../src/core/states/index.ts'

const states = (...entered: [StateType, number, string?][]) => entered.map(([type, timestamp, name = type]) => ({ type, name, timestamp }))

describe('attempts', () => {
  test.each<[string, ReturnType<typeof states>, unknown[]]>([
    ['none of what has not run', states(['PENDING', 1]), []],
    ['one under way', states(['PENDING', 1], ['RUNNING', 2]), [{ start: 2, end: null, endType: null, endName: null }]],
    [
      'one for each time that it ran, with what ended it',
      states(['RUNNING', 2], ['SCHEDULED', 5, 'AwaitingRetry'], ['RUNNING', 7, 'Retrying'], ['COMPLETED', 9]),
      [
        { start: 2, end: 5, endType: 'SCHEDULED', endName: 'AwaitingRetry' },
        { start: 7, end: 9, endType: 'COMPLETED', endName: 'COMPLETED' },
      ],
    ],
    ['none of a result that was taken over', states(['PENDING', 1], ['COMPLETED', 1, 'Cached']), []],
    [
      'one that says twice that it runs',
      states(['RUNNING', 1], ['RUNNING', 2], ['FAILED', 3]),
      [{ start: 1, end: 3, endType: 'FAILED', endName: 'FAILED' }],
    ],
  ])('are %s', (_what, entered, expected) => {
    expect(attemptsOf(entered)).toEqual(expected)
  })
})

describe('a graph', () => {
  const run = (id: string, taskInputs: Record<string, unknown> = {}) => ({
    id,
    name: id,
    taskKey: 'task',
    stateType: 'COMPLETED' as const,
    stateName: 'Completed',
    stateTimestamp: 1,
    runCount: 1,
    expectedStartTime: 0,
    startTime: 0,
    endTime: 1,
    totalRunTime: 1,
    taskInputs,
  })
  const task = (id: string) => ({ input_type: 'task_run', id })
  const edges = (...given: Parameters<typeof graphOf>) =>
    graphOf(...given).map(({ run: { id }, parents, encapsulating }) => [id, [...parents], [...encapsulating]])

  test('joins a task run with those whose results it takes and those that it waited for, each once', () => {
    const inputs = {
      rows: [task('a'), task('b')],
      again: [task('a')],
      wait_for: [task('c')],
      limit: [{ input_type: 'constant', type: 'int' }],
    }
    expect(edges([run('a'), run('b'), run('c'), run('d', inputs)], [], [])).toEqual([
      ['a', [], []],
      ['b', [], []],
      ['c', [], []],
      ['d', ['a', 'b', 'c'], []],
    ])
  })

  test('tells a task inside which one was called from one whose result it takes', () => {
    expect(edges([run('outer'), run('inner', { __parents__: [task('outer')], x: [task('outer')] })], [], [])).toEqual([
      ['outer', [], []],
      ['inner', [], ['outer']],
    ])
  })

  test('leaves out itself, what is elsewhere, and what is no reference', () => {
    expect(edges([run('a', { self: [task('a')], other: [task('elsewhere')], odd: 'text', none: null, list: [null, 3] })], [], [])).toEqual([
      ['a', [], []],
    ])
  })

  test('puts a subflow where the task run stands for it, also as what others wait for', () => {
    const subflow = { id: 's', name: 'child', parentTaskRunId: 'a', stateType: 'COMPLETED' as const, startTime: 0, endTime: 1 }
    const [standing, after] = graphOf([run('a'), run('b', { result: [{ input_type: 'flow_run', id: 's' }] })], [], [subflow])
    expect(standing!.subflow).toBe(subflow)
    expect(after!.parents).toEqual(['a'])
  })
})
