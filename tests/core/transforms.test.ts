import { describe, expect, test } from 'vitest'
import { decide, type FlowRunFacts, minimalFlowPolicy } from '../../src/core/orchestration/index.ts'
import { type ProposedState, type StateType, stateTypes } from '../../src/core/states/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import { envAt, factsOf, noon, proposal, runId, second, stateOf } from './flow-run-facts.ts'

/** What force writes is what the transforms alone write. */
const write = (facts: FlowRunFacts, to: ProposedState, now: number) => decide(facts, to, minimalFlowPolicy, envAt(now)).written!

/** A run's life: a state each step, at seconds after noon. */
function live(steps: readonly (readonly [StateType, number, Partial<ProposedState>?])[], start: FlowRunFacts = factsOf(null)) {
  let facts = start
  for (const [type, at, rest] of steps) {
    const { run, state } = write(facts, proposal(type, rest), noon + at * second)
    facts = { run, state, flowName: facts.flowName }
  }
  return facts
}

const terminal: readonly StateType[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED']

describe('the state’s own mark', () => {
  test.each(stateTypes)('a run carries type, name, time, id and ordinal of the state it enters: %s', type => {
    const { run, state } = write(factsOf(stateOf('RUNNING', { ordinal: 7 })), proposal(type, { name: 'Mine' }), noon + second)
    expect(run).toMatchObject({
      stateType: type,
      stateName: 'Mine',
      stateTimestamp: noon + second,
      stateId: state.id,
      version: 8,
      updated: noon + second,
    })
    expect(state).toMatchObject({ ordinal: 8, flowRunId: runId, workspaceId: run.workspaceId })
  })

  test('details say which run it is, and which task run stands for it in its parent', () => {
    const parent = '019ab000-0000-7000-8000-0000000000b0'
    expect(
      write(factsOf(null), proposal('PENDING', { details: { flow_run_id: 'forged', task_run_id: 'forged' } }), noon).state.details,
    ).toEqual({ flow_run_id: runId, task_run_id: null })
    expect(write(factsOf(null, { parentTaskRunId: parent }), proposal('PENDING'), noon).state.details).toEqual({
      flow_run_id: runId,
      task_run_id: parent,
    })
  })

  test('what the transforms do not know comes back unchanged', () => {
    const before = factsOf(stateOf('PENDING'), {
      tags: ['a'],
      labels: { b: 1 },
      parameters: { x: [1] },
      context: { y: 2 },
      createdBy: { id: 'z' },
      name: 'kept',
    })
    const { tags, labels, parameters, context, createdBy, name, created } = write(before, proposal('RUNNING'), noon + second).run
    expect({ tags, labels, parameters, context, createdBy, name, created }).toEqual({
      tags: ['a'],
      labels: { b: 1 },
      parameters: { x: [1] },
      context: { y: 2 },
      createdBy: { id: 'z' },
      name: 'kept',
      created: noon,
    })
  })
})

describe('timestamps of one run are strictly increasing', () => {
  test.each([
    ['stands still', 0, 1],
    ['goes back', -3600 * second, 1],
    ['goes on by a microsecond', 1, 1],
    ['goes on', second, second],
  ])('when the clock %s', (_how, moved, expected) => {
    expect(write(factsOf(stateOf('PENDING', { timestamp: noon })), proposal('RUNNING'), noon + moved).state.timestamp).toBe(noon + expected)
  })

  test('over many states under a clock that stands still', () => {
    const times = [noon]
    let facts = live([['SCHEDULED', 0]])
    for (const type of stateTypes) {
      const { run, state } = write(facts, proposal(type), noon)
      times.push(state.timestamp)
      facts = { run, state, flowName: 'hello' }
    }
    expect(times).toEqual(times.map((_, index) => noon + index))
  })

  test('and time spent running is never negative', () => {
    expect(write(factsOf(stateOf('RUNNING', { timestamp: noon })), proposal('COMPLETED'), noon - 3600 * second).run.totalRunTime).toBe(1)
  })
})

describe('start and end', () => {
  test('a run starts when it first runs, and not again', () => {
    expect(live([['PENDING', 0]]).run.startTime).toBeNull()
    expect(
      live([
        ['PENDING', 0],
        ['RUNNING', 5],
      ]).run.startTime,
    ).toBe(noon + 5 * second)
    expect(
      live([
        ['RUNNING', 5],
        ['FAILED', 8],
        ['RUNNING', 9],
      ]).run.startTime,
    ).toBe(noon + 5 * second)
  })

  test.each(terminal)('a run that never ran starts and ends at once when it is %s', type => {
    expect(
      live([
        ['PENDING', 0],
        [type, 4],
      ]).run,
    ).toMatchObject({ startTime: noon + 4 * second, endTime: noon + 4 * second, totalRunTime: 0, runCount: 0 })
  })

  test.each(terminal)('the end of a %s run is kept over another end', type => {
    expect(
      live([
        ['RUNNING', 0],
        ['FAILED', 4],
        [type, 9],
      ]).run.endTime,
    ).toBe(noon + 4 * second)
  })

  test.each(stateTypes.filter(type => !terminal.includes(type)))('a run that has ended and becomes %s has no end', type => {
    expect(
      live([
        ['RUNNING', 0],
        ['FAILED', 4],
        [type, 9],
      ]).run.endTime,
    ).toBeNull()
  })
})

describe('time spent running', () => {
  test('is added when a run leaves RUNNING, for whatever', () => {
    for (const type of stateTypes)
      expect(
        live([
          ['RUNNING', 10],
          [type, 13],
        ]).run.totalRunTime,
      ).toBe(3 * second)
  })

  test('is the sum of its stretches', () => {
    expect(
      live([
        ['RUNNING', 0],
        ['PAUSED', 2],
        ['RUNNING', 100],
        ['COMPLETED', 105],
      ]).run.totalRunTime,
    ).toBe(7 * second)
  })

  test('does not grow elsewhere', () => {
    expect(
      live([
        ['SCHEDULED', 0],
        ['PENDING', 50],
        ['PAUSED', 90],
        ['CANCELLED', 200],
      ]).run.totalRunTime,
    ).toBe(0)
  })
})

describe('expected and next start', () => {
  const due = noon + 600 * second
  const later = { details: { scheduled_time: toIso(due) } }

  test('the first state fixes the expected start: its scheduled time, else its own', () => {
    expect(live([['SCHEDULED', 1, later]]).run).toMatchObject({ expectedStartTime: due, sortTime: due, nextScheduledStartTime: due })
    expect(live([['PENDING', 1]]).run).toMatchObject({
      expectedStartTime: noon + second,
      sortTime: noon + second,
      nextScheduledStartTime: null,
    })
  })

  test('SCHEDULED without a time is scheduled for now', () => {
    const { run, state } = live([['SCHEDULED', 1]])
    expect(state!.details.scheduled_time).toBe('2026-11-25T12:00:01.000000Z')
    expect(run.nextScheduledStartTime).toBe(noon + second)
  })

  test('a later schedule moves the next start, not the expected one', () => {
    const { run } = live([
      ['SCHEDULED', 0],
      ['SCHEDULED', 1, later],
    ])
    expect(run).toMatchObject({ expectedStartTime: noon, sortTime: noon, nextScheduledStartTime: due })
  })

  test.each(stateTypes.filter(type => type !== 'SCHEDULED'))('leaving SCHEDULED for %s there is no next start', type => {
    expect(
      live([
        ['SCHEDULED', 0, later],
        [type, 1],
      ]).run.nextScheduledStartTime,
    ).toBeNull()
  })

  test('another state gets no scheduled time', () => {
    expect(live([['PENDING', 0]]).state!.details).not.toHaveProperty('scheduled_time')
  })
})

describe('run count', () => {
  test('each entry into RUNNING counts', () => {
    expect(
      live([
        ['RUNNING', 0],
        ['SCHEDULED', 1],
        ['RUNNING', 2],
        ['RUNNING', 3],
      ]).run.runCount,
    ).toBe(3)
  })

  test('nothing else counts', () => {
    expect(live(stateTypes.filter(type => type !== 'RUNNING').map((type, index) => [type, index] as const)).run.runCount).toBe(0)
  })

  test('a resuming run does not count, and stops resuming', () => {
    const { run } = live([['RUNNING', 1]], factsOf(stateOf('PAUSED'), { runCount: 1, empiricalPolicy: { resuming: true, retries: 2 } }))
    expect(run.runCount).toBe(1)
    expect(run.empiricalPolicy).toEqual({ resuming: false, retries: 2 })
  })

  test.each(terminal)('the mark of resuming is gone in the end: %s', type => {
    const { run } = live([[type, 1]], factsOf(stateOf('PAUSED'), { empiricalPolicy: { resuming: true } }))
    expect(run.empiricalPolicy).toEqual({ resuming: false })
  })

  test.each(['PENDING', 'SCHEDULED', 'PAUSED', 'CANCELLING'] as const)('and stays through %s', type => {
    const { run } = live([[type, 1]], factsOf(stateOf('PAUSED'), { empiricalPolicy: { resuming: true } }))
    expect(run.empiricalPolicy).toEqual({ resuming: true })
  })

  test('a policy without the mark gets none', () => {
    expect(
      live(
        [
          ['RUNNING', 1],
          ['COMPLETED', 2],
        ],
        factsOf(null, { empiricalPolicy: { retries: 1 } }),
      ).run.empiricalPolicy,
    ).toEqual({ retries: 1 })
  })
})
