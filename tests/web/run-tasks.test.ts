import { describe, expect, test } from 'vitest'
import { fineTicks } from '../../web/src/charts/fine-ticks.ts'
import { childrenOf, moved, windowOf, zoomed } from '../../web/src/charts/timeline.ts'
import type { RunTaskFragment, StateType } from '../../web/src/generated/graphql.ts'
import {
  attemptsOf,
  countStates,
  createTasks,
  failedTaskOf,
  noteOf,
  type TaskChange,
  tasksInWords,
  timesInWords,
  whyNeverRan,
} from '../../web/src/pages/flow-runs/run-tasks.ts'

const at = (second: number) => `2026-11-25T12:00:0${second}.000000Z`

const task = (id: string, change: Partial<RunTaskFragment> = {}): RunTaskFragment => ({
  id,
  name: id,
  taskKey: id,
  subflowRunId: null,
  stateType: 'PENDING',
  stateName: 'Pending',
  stateTimestamp: at(0),
  runCount: 0,
  startTime: null,
  endTime: null,
  totalRunTime: 0,
  parents: [],
  attempts: [],
  ...change,
})

const entered = (id: string, type: StateType, second: number, parentIds: string[] = []): TaskChange => ({
  state: { type, name: type, timestamp: at(second) },
  taskRun: {
    id,
    name: id,
    taskKey: id,
    stateType: type,
    stateName: type,
    stateTimestamp: at(second),
    runCount: 1,
    startTime: null,
    endTime: null,
    totalRunTime: 0,
    parentIds,
    subflowRun: null,
  },
})

describe('the task runs of a run', () => {
  test('take up each change, and the new ones with what they wait for', () => {
    const tasks = createTasks()
    tasks.reset([task('a'), task('s', { subflowRunId: 'subflow' })])
    for (const change of [
      entered('a', 'RUNNING', 1),
      entered('a', 'SCHEDULED', 2),
      entered('a', 'RUNNING', 3),
      entered('b', 'PENDING', 3, ['a', 'subflow', 'elsewhere']),
    ])
      expect(tasks.apply(change)).toBe(true)
    const [a, , b] = tasks.read()
    expect(a!.attempts).toEqual([
      { start: at(1), end: at(2), endType: 'SCHEDULED', endName: 'SCHEDULED' },
      { start: at(3), end: null, endType: null, endName: null },
    ])
    expect(b!.parents).toEqual(['a', 's'])
    expect(tasks.nameOf('b')).toBe('b')
  })

  test('say so when a change came later than one behind it', () => {
    const tasks = createTasks()
    tasks.reset([task('a', { stateTimestamp: at(5) })])
    expect(tasks.apply(entered('a', 'RUNNING', 4))).toBe(false)
    expect(tasks.read()[0]!.attempts).toEqual([])
  })

  test('are taken as they are when a state is told again that they have been read with', () => {
    const attempts = [
      { start: at(2), end: at(4), endType: 'SCHEDULED' as const, endName: 'AwaitingRetry' },
      { start: at(5), end: null, endType: null, endName: null },
    ]
    const tasks = createTasks()
    tasks.reset([task('a', { stateTimestamp: at(5), attempts })])
    const told = [entered('a', 'PENDING', 1), entered('a', 'RUNNING', 2), entered('a', 'SCHEDULED', 4)]
    expect(told.map(tasks.apply)).toEqual([true, true, true])
    expect(tasks.read()[0]!.attempts).toEqual(attempts)
    expect([entered('a', 'RUNNING', 1), entered('a', 'CRASHED', 3)].map(tasks.apply)).toEqual([false, false])
  })

  test('of a large run are read in parts: what changes behind them is known, and drawn when it is read', () => {
    const tasks = createTasks()
    tasks.reset([task('a'), task('b', { parents: ['d'] })], false)
    expect(tasks.apply(entered('c', 'RUNNING', 1))).toBe(true)
    expect(tasks.read().map(({ id, parents }) => [id, parents])).toEqual([
      ['a', []],
      ['b', []],
    ])
    expect(tasks.find('c')).toMatchObject({ stateType: 'RUNNING' })
    expect(tasks.append([task('c', { stateType: 'RUNNING', stateTimestamp: at(1) }), task('d')], true)).toBe(true)
    expect(tasks.read().map(({ id, parents }) => [id, parents])).toEqual([
      ['a', []],
      ['b', ['d']],
      ['c', []],
      ['d', []],
    ])
  })

  test('that change while they are read are drawn with their changes, whether the reading knows them or not', () => {
    const tasks = createTasks()
    tasks.reset([task('a')], false)
    tasks.awaitMore()
    for (const second of [1, 2]) tasks.apply(entered('b', second === 1 ? 'RUNNING' : 'COMPLETED', second))
    tasks.apply(entered('c', 'RUNNING', 2))
    const attempts = [{ start: at(1), end: null, endType: null, endName: null }]
    expect(tasks.append([task('b', { stateType: 'RUNNING', stateTimestamp: at(1), attempts }), task('c')], true)).toBe(true)
    expect(tasks.read().map(({ id, stateType, attempts }) => [id, stateType, attempts])).toEqual([
      ['a', 'PENDING', []],
      ['b', 'COMPLETED', [{ start: at(1), end: at(2), endType: 'COMPLETED', endName: 'COMPLETED' }]],
      ['c', 'RUNNING', [{ start: at(2), end: null, endType: null, endName: null }]],
    ])
  })

  test('say so when a change that came meanwhile is late', () => {
    const tasks = createTasks()
    tasks.reset([task('a')], false)
    tasks.awaitMore()
    tasks.apply(entered('b', 'RUNNING', 1))
    expect(tasks.append([task('b', { stateType: 'PENDING', stateTimestamp: at(2) })], true)).toBe(false)
  })

  test('are told in words', () => {
    const inStates = (...types: StateType[]) => tasksInWords(types.length, countStates(types.map(stateType => ({ stateType }))))
    expect(inStates('COMPLETED', 'COMPLETED', 'FAILED', 'PENDING')).toBe('4 tasks: 2 completed, 1 failed')
    expect(inStates('PENDING')).toBe('1 task')
  })

  test('that failed are told by the one that failed first', () => {
    const ended = (id: string, stateType: StateType, second: number) => task(id, { stateType, endTime: at(second) })
    const held = [ended('a', 'COMPLETED', 1), ended('b', 'CRASHED', 4), ended('c', 'FAILED', 3)]
    const counts = [...countStates(held), { type: 'FAILED' as const, count: 7 }]
    expect(failedTaskOf(held, counts)).toEqual({ first: held[2], others: 8 })
    expect(failedTaskOf(held.slice(0, 1), countStates(held.slice(0, 1)))).toBeUndefined()
    expect([1, 2, 3].map(timesInWords)).toEqual(['', ' twice', ' 3 times'])
  })

  test('that have not run say why', () => {
    const running = task('a', { stateType: 'RUNNING', attempts: attemptsOf([{ type: 'RUNNING', name: 'Running', timestamp: at(1) }]) })
    const waiting = task('b', { parents: ['a'] })
    const cached = task('c', { stateType: 'COMPLETED', stateName: 'Cached' })
    const all = [running, waiting, cached, task('d')]
    const byId = new Map(all.map(one => [one.id, one]))
    const said = (isOver: boolean) => all.map(one => [whyNeverRan(one, byId, isOver), noteOf(one)])
    expect(said(false).slice(1)).toEqual([
      ['waits for a', undefined],
      ['nothing to run', 'cached'],
      ['not started yet', undefined],
    ])
    expect(said(true)[1]).toEqual(['never started', undefined])
  })
})

describe('the window of a timeline', () => {
  const stretch = (start: number, end: number | undefined) => ({ stretches: [{ start, end, type: undefined }] })
  const whole = { start: 0, end: 1000 }

  test('holds all stretches, one under way up to now; of nothing there is none', () => {
    expect(windowOf([stretch(100, 200), stretch(150, undefined)], 1100)).toEqual({ start: 80, end: 1120 })
    expect(windowOf([{ stretches: [] }], 1100)).toBeUndefined()
  })

  test('comes nearer around a moment, and never leaves what there is', () => {
    expect(zoomed(whole, 500, 0.5, whole)).toEqual({ start: 250, end: 750 })
    expect(zoomed(whole, 0, 0.5, whole)).toEqual({ start: 0, end: 500 })
    expect(zoomed({ start: 250, end: 750 }, 500, 9, whole)).toEqual(whole)
    expect(moved({ start: 250, end: 750 }, 900, whole)).toEqual({ start: 500, end: 1000 })
  })

  test('has ticks for milliseconds and for days', () => {
    expect(fineTicks(1_000, 1_020, 5).map(({ label }) => label)).toEqual(['.000', '.005', '.010', '.015', '.020'])
    expect(fineTicks(0, 10 * 86_400_000, 6).length).toBeLessThanOrEqual(7)
  })

  test('knows who waited for whom', () => {
    expect(
      childrenOf([
        { id: 'a', parents: [] },
        { id: 'b', parents: ['a'] },
        { id: 'c', parents: ['a', 'b'] },
      ]),
    ).toEqual(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['c']],
      ]),
    )
  })
})
