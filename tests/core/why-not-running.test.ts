import { describe, expect, test } from 'vitest'
import { type NotRunningFacts, type StateDetails, type StateType, stateTypes, whyNotRunning } from '../../src/core/states/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import { noon, runId, second, stateOf } from './flow-run-facts.ts'

const now = noon + 10 * second
const due = (at: number): StateDetails => ({ scheduled_time: toIso(at) })
const task = { taskKey: 'extract-1234', flowRunId: runId }
const factsOf = (type: StateType, name: string, details: StateDetails = {}, rest: Partial<NotRunningFacts> = {}): NotRunningFacts => ({
  state: stateOf(type, { name, details }),
  created: noon,
  runCount: 0,
  retries: null,
  ...rest,
})

describe('a flow run', () => {
  test.each([
    ['SCHEDULED', 'Scheduled', due(now + second), {}, { kind: 'WaitingForTime', scheduledTime: now + second }],
    ['SCHEDULED', 'Scheduled', due(now), {}, { kind: 'Late', scheduledTime: now, isMarked: false }],
    ['SCHEDULED', 'Late', due(noon), {}, { kind: 'Late', scheduledTime: noon, isMarked: true }],
    ['SCHEDULED', 'Scheduled', {}, {}, { kind: 'Late', scheduledTime: noon, isMarked: false }],
    [
      'SCHEDULED',
      'AwaitingRetry',
      due(now + second),
      { runCount: 1, retries: 3 },
      { kind: 'WaitingForRetry', attempt: 2, mostAttempts: 4, until: now + second },
    ],
    ['SCHEDULED', 'AwaitingRetry', due(noon), { runCount: 1 }, { kind: 'WaitingForRetry', attempt: 2, mostAttempts: null, until: noon }],
    ['SCHEDULED', 'Resuming', due(noon), {}, { kind: 'Resuming', since: noon }],
    ['PENDING', 'Pending', {}, {}, { kind: 'PendingInfrastructure', stateName: 'Pending', since: noon }],
    ['PENDING', 'Submitting', {}, {}, { kind: 'PendingInfrastructure', stateName: 'Submitting', since: noon }],
    ['PAUSED', 'Paused', { pause_timeout: toIso(now) }, {}, { kind: 'Paused', since: noon, until: now, by: 'Ada', keyset: null }],
    [
      'PAUSED',
      'Suspended',
      { pause_reschedule: true, run_input_keyset: { schema: 's', response: 'r' } },
      {},
      { kind: 'Suspended', since: noon, until: null, by: 'Ada', keyset: { schema: 's', response: 'r' } },
    ],
    ['CANCELLING', 'Cancelling', {}, {}, { kind: 'Cancelling', since: noon, by: 'Ada' }],
  ] as const)('that is %s and named %s with %j tells what it waits for: case %#', (type, name, details, rest, reason) => {
    expect(whyNotRunning(factsOf(type, name, details, rest), now)).toEqual(reason)
  })

  test.each(['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED'] as const)('that is %s waits for nothing', type => {
    expect(whyNotRunning(factsOf(type, type), now)).toBeNull()
  })

  test('without a state waits for its first', () => {
    expect(whyNotRunning({ ...factsOf('PENDING', ''), state: null }, now)).toEqual({ kind: 'WaitingForFirstState', since: noon })
  })

  test.each(stateTypes)('has an answer while it is %s, whatever its details', type => {
    const details = { scheduled_time: 'no time', pause_timeout: 'nor this' }
    const isExpected = type !== 'RUNNING' && !['COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED'].includes(type)
    expect(whyNotRunning(factsOf(type, 'Any', details), now) !== null).toBe(isExpected)
  })
})

describe('a task run', () => {
  test.each([
    ['PENDING', 'Pending', {}, { kind: 'PendingTask', stateName: 'Pending', since: noon }],
    ['PAUSED', 'NotReady', { pause_timeout: toIso(now) }, { kind: 'WaitingForFlowRun', flowRunId: runId, until: now }],
    ['SCHEDULED', 'AwaitingRetry', due(now + second), { kind: 'WaitingForRetry', attempt: 1, mostAttempts: null, until: now + second }],
    ['SCHEDULED', 'Scheduled', { ...due(now + second), deferred: true }, { kind: 'WaitingForTime', scheduledTime: now + second }],
    [
      'SCHEDULED',
      'Scheduled',
      { ...due(noon + second), deferred: true },
      { kind: 'WaitingForTaskWorker', taskKey: task.taskKey, since: noon + second },
    ],
  ] as const)('that is %s and named %s with %j tells what it waits for', (type, name, details, reason) => {
    expect(whyNotRunning(factsOf(type, name, details, { task }), now)).toEqual(reason)
  })

  test('paused outside of flows is paused itself', () => {
    const alone = factsOf('PAUSED', 'NotReady', {}, { task: { ...task, flowRunId: null } })
    expect(whyNotRunning(alone, now)).toMatchObject({ kind: 'Paused' })
  })
})
