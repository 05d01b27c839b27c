import { describe, expect, test } from 'vitest'
import {
  backgroundTaskPolicy,
  coreTaskPolicy,
  decideTask,
  minimalTaskPolicy,
  type TaskDecision,
  type TaskRunPolicy,
} from '../../src/core/orchestration/index.ts'
import { type StateType, stateTypes } from '../../src/core/states/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import { noon, proposal, second } from './flow-run-facts.ts'
import { enclosingOf, taskCaseOf, taskEnvAt, taskRunId, taskStateOf } from './task-run-facts.ts'

const now = noon + 10 * second
const terminal: readonly StateType[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED']
const stored = { type: 'reference', storage_key: 'abc' }
const spoken = ({ status, reason, delaySeconds, written }: TaskDecision) => ({ status, reason, delaySeconds, isWritten: written !== null })
const accepted = { status: 'ACCEPT', reason: null, delaySeconds: null, isWritten: true }
const ask = (
  ...[facts, to, policy = coreTaskPolicy, random]: [
    Parameters<typeof decideTask>[0],
    Parameters<typeof decideTask>[1],
    typeof coreTaskPolicy?,
    number?,
  ]
) => decideTask(facts, to, policy, taskEnvAt(now, random))

describe('a task run', () => {
  test.each(stateTypes)('enters %s as its first state, and shows it', type => {
    const decision = ask(taskCaseOf(null), proposal(type))
    expect(spoken(decision)).toEqual(accepted)
    expect(decision.written).toMatchObject({
      state: { type, taskRunId, details: { task_run_id: taskRunId, flow_run_id: enclosingOf().id } },
      run: { stateType: type, stateTimestamp: now, runCount: type === 'RUNNING' ? 1 : 0, expectedStartTime: now, sortTime: now },
    })
  })

  test('counts its time running, and ends once', () => {
    const { written } = ask(taskCaseOf(taskStateOf('RUNNING'), { startTime: noon, runCount: 1 }), proposal('COMPLETED'))
    expect(written!.run).toMatchObject({ startTime: noon, endTime: now, totalRunTime: 10 * second, runCount: 1 })
  })
})

describe('handle-terminal-tasks', () => {
  test.each(terminal.flatMap(from => (['CANCELLING', 'PAUSED', 'CRASHED'] as const).map(to => [from, to] as const)))(
    'a task that is %s cannot become %s',
    (from, to) => {
      expect(spoken(ask(taskCaseOf(taskStateOf(from)), proposal(to)))).toEqual({
        ...accepted,
        status: 'ABORT',
        reason: `Run is already ${from}.`,
        isWritten: false,
      })
    },
  )

  test.each(['PENDING', 'RUNNING', 'COMPLETED', 'FAILED'] as const)('a stored result is not left, not even for %s', to => {
    const decision = ask(taskCaseOf(taskStateOf('COMPLETED', { data: stored })), proposal(to, { data: { ...stored, storage_key: 'new' } }))
    expect(spoken(decision)).toMatchObject({ status: 'REJECT', reason: 'This run is already completed.', isWritten: false })
  })

  test('run again, it has all its retries again', () => {
    const { written } = ask(taskCaseOf(taskStateOf('FAILED'), { runCount: 3, flowRunRunCount: 1 }), proposal('RUNNING'))
    expect(written).toMatchObject({ run: { runCount: 1 }, state: { name: 'Running' } })
  })

  test('in a new attempt of its flow run it retries, by name', () => {
    const facts = taskCaseOf(taskStateOf('FAILED'), { runCount: 1, flowRunRunCount: 1 }, { flowRun: enclosingOf({ runCount: 2 }) })
    expect(ask(facts, proposal('RUNNING')).written).toMatchObject({ run: { runCount: 1, flowRunRunCount: 2 }, state: { name: 'Retrying' } })
  })
})

describe('keep-tasks-of-stopped-flows', () => {
  test.each([null, 'SCHEDULED', 'PENDING', 'COMPLETED', 'FAILED', 'CANCELLING'] as const)(
    'no task starts in a flow that is %s',
    stateType => {
      const decision = ask(taskCaseOf(taskStateOf('PENDING'), {}, { flowRun: enclosingOf({ stateType }) }), proposal('RUNNING'))
      expect(spoken(decision)).toMatchObject({ status: 'ABORT', isWritten: false })
    },
  )

  test('in a paused flow it pauses as long', () => {
    const stateDetails = { pause_timeout: toIso(now + second), pause_reschedule: true }
    const decision = ask(
      taskCaseOf(taskStateOf('PENDING'), {}, { flowRun: enclosingOf({ stateType: 'PAUSED', stateDetails }) }),
      proposal('RUNNING'),
    )
    expect(decision).toMatchObject({ status: 'REJECT', written: { state: { type: 'PAUSED', name: 'NotReady', details: stateDetails } } })
    expect(decision.written!.run.flowRunRunCount).toBe(0)
  })

  test('outside of flows nothing keeps it', () => {
    expect(spoken(ask(taskCaseOf(taskStateOf('PENDING'), { flowRunId: null }, { flowRun: null }), proposal('RUNNING')))).toEqual(accepted)
  })
})

describe('retry-failed-tasks', () => {
  const running = taskStateOf('RUNNING')
  const failing = (policy: TaskRunPolicy, runCount: number, details = {}, random = 0.5) =>
    ask(taskCaseOf(running, { empiricalPolicy: policy, runCount }), proposal('FAILED', { message: 'no', details }), coreTaskPolicy, random)
  const dueAfter = (decision: TaskDecision) => (decision.written!.run.nextScheduledStartTime! - now) / second

  test.each([
    [{ retries: 2, retry_delay: 5 }, 1, 5],
    [{ retries: 2 }, 2, 0],
    [{ retries: 3, retry_delay: [1, 10, 100] }, 1, 1],
    [{ retries: 3, retry_delay: [1, 10, 100] }, 3, 100],
    [{ retries: 9, retry_delay: [1, 10] }, 5, 10],
    [{ retries: 1, retry_delay: [] }, 1, 0],
  ])('%j at attempt %i waits %i seconds', (policy, runCount, seconds) => {
    const decision = failing(policy, runCount)
    expect(decision).toMatchObject({ status: 'REJECT', reason: 'Retrying', written: { state: { name: 'AwaitingRetry', message: 'no' } } })
    expect(dueAfter(decision)).toBe(seconds)
  })

  test.each([
    [{ retries: 1 }, 2, {}],
    [{ retries: null }, 1, {}],
    [{}, 1, {}],
    [{ retries: 5 }, 1, { retriable: false }],
  ])('%j at attempt %i with %j has failed', (policy, runCount, details) => {
    expect(spoken(failing(policy, runCount, details))).toEqual(accepted)
  })

  test('jitter spreads the delay around it, up to its factor', () => {
    const at = (random: number) => dueAfter(failing({ retries: 1, retry_delay: 100, retry_jitter_factor: 1 }, 1, {}, random))
    expect(at(1)).toBeCloseTo(200, 3)
    expect(at(0)).toBeCloseTo(100 * Math.log2(4 / 3), 3)
    const spread = Array.from({ length: 1000 }, (_, index) => at((index + 0.5) / 1000))
    const mean = spread.reduce((sum, value) => sum + value, 0) / spread.length
    expect(mean).toBeGreaterThan(80)
    expect(mean).toBeLessThan(120)
  })
})

describe('name-reruns', () => {
  test.each([
    [taskStateOf('SCHEDULED', { name: 'AwaitingRetry', details: { scheduled_time: toIso(noon) } }), 1, 'Retrying'],
    [taskStateOf('RUNNING'), 1, 'Rerunning'],
    [taskStateOf('PENDING'), 0, 'My own'],
    [taskStateOf('FAILED'), 2, 'My own'],
  ] as const)('case %#: a task that has run', (from, runCount, name) => {
    expect(ask(taskCaseOf(from, { runCount, flowRunRunCount: 1 }), proposal('RUNNING', { name: 'My own' })).written!.state.name).toBe(name)
  })
})

describe('results under a key', () => {
  const cached = (expiration: number | null, data: unknown = stored) => ({ expiration, state: taskStateOf('COMPLETED', { data }) })
  const running = proposal('RUNNING', { details: { cache_key: 'k' } })

  test.each([
    [[cached(null)], 'Cached'],
    [[cached(now + 1)], 'Cached'],
    [[cached(now - 1), cached(null)], 'Cached'],
    [[cached(now)], 'Running'],
    [[], 'Running'],
  ] as const)('are taken over until they expire: case %#', (results, name) => {
    const decision = ask(taskCaseOf(taskStateOf('PENDING'), {}, { cached: results }), running)
    expect(decision.written!.state.name).toBe(name)
    expect(decision.lent).toBeNull()
    if (name === 'Cached')
      expect(decision).toMatchObject({ status: 'REJECT', written: { state: { type: 'COMPLETED', data: stored }, run: { runCount: 0 } } })
  })

  test('are not taken over by one that is to refresh them', () => {
    const refreshing = proposal('RUNNING', { details: { cache_key: 'k', refresh_cache: true } })
    expect(ask(taskCaseOf(taskStateOf('PENDING'), {}, { cached: [cached(null)] }), refreshing).written!.state.name).toBe('Running')
  })

  test('are lent by a task that completes', () => {
    const completed = proposal('COMPLETED', { details: { cache_key: 'k', cache_expiration: toIso(now + second) } })
    const { lent, written } = ask(taskCaseOf(taskStateOf('RUNNING')), completed)
    expect(lent).toMatchObject({ cacheKey: 'k', expiration: now + second, taskRunStateId: written!.state.id })
  })

  test('are not lent under a key that is too long, which is told of', () => {
    const decision = ask(taskCaseOf(taskStateOf('RUNNING')), proposal('COMPLETED', { details: { cache_key: 'k'.repeat(2001) } }))
    expect(decision).toMatchObject({ status: 'REJECT', lent: null, written: { state: { type: 'COMPLETED' } } })
  })

  test('are not lent by a forced state', () => {
    expect(
      ask(taskCaseOf(taskStateOf('RUNNING')), proposal('COMPLETED', { details: { cache_key: 'k' } }), minimalTaskPolicy).lent,
    ).toBeNull()
  })
})

describe('scheduled times', () => {
  const later = taskStateOf('SCHEDULED', { details: { scheduled_time: toIso(now + 7 * second) } })

  test('are waited for, also by one that is pending by now', () => {
    expect(spoken(ask(taskCaseOf(later), proposal('RUNNING')))).toMatchObject({ status: 'WAIT', delaySeconds: 7, isWritten: false })
    const pending = ask(taskCaseOf(later), proposal('PENDING')).written!.state
    expect(spoken(ask(taskCaseOf(pending), proposal('RUNNING')))).toMatchObject({ status: 'WAIT', delaySeconds: 7 })
  })
})

describe('a task in the background', () => {
  const alone = { flowRun: null }

  test.each(['PENDING', 'RUNNING', 'CANCELLED'] as const)('is taken once: not from %s', from => {
    expect(ask(taskCaseOf(taskStateOf(from), { flowRunId: null }, alone), proposal('PENDING'), backgroundTaskPolicy).status).toBe('ABORT')
  })

  test('carries the id of its parameters on', () => {
    const scheduled = taskStateOf('SCHEDULED', { details: { scheduled_time: toIso(noon), task_parameters_id: 'p' } })
    const { written } = ask(taskCaseOf(scheduled, { flowRunId: null }, alone), proposal('PENDING'), backgroundTaskPolicy)
    expect(written!.state.details).toMatchObject({ task_parameters_id: 'p', scheduled_time: toIso(noon) })
  })
})

test('a forced state obeys nothing', () => {
  const facts = taskCaseOf(taskStateOf('COMPLETED', { data: stored }), {}, { flowRun: enclosingOf({ stateType: 'FAILED' }) })
  for (const type of stateTypes) expect(spoken(ask(facts, proposal(type), minimalTaskPolicy))).toEqual(accepted)
})
