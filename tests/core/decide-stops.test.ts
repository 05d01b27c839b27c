import { describe, expect, test } from 'vitest'
import { coreFlowPolicy, decide, minimalFlowPolicy } from '../../src/core/orchestration/index.ts'
import { type StateType, stateTypes } from '../../src/core/states/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import { aborted, accepted, deploymentId, now, rejected, spoken } from './flow-run-decisions.ts'
import { envAt, factsOf, proposal, second, stateOf } from './flow-run-facts.ts'

describe('enforce-cancelling-to-cancelled', () => {
  test.each(stateTypes.filter(type => type !== 'CANCELLED'))('a run that is asked to stop does not become %s', type => {
    const decision = decide(factsOf(stateOf('CANCELLING'), { deploymentId }), proposal(type), coreFlowPolicy, envAt(now))
    expect(spoken(decision)).toEqual(rejected('Cannot transition flows that are cancelling to a state other than Cancelled.'))
  })
})

describe('bypass-cancelling-without-infrastructure', () => {
  const cancel = (from: Parameters<typeof stateOf>, run = {}, policy = coreFlowPolicy) =>
    decide(factsOf(stateOf(...from), run), proposal('CANCELLING'), policy, envAt(now))

  test.each([
    ['a scheduled run', ['SCHEDULED'], {}, 'Scheduled'],
    ['a resuming run', ['SCHEDULED', { name: 'Resuming' }], { infrastructurePid: '42' }, 'Scheduled'],
    ['a suspended run', ['PAUSED', { details: { pause_reschedule: true } }], {}, 'Suspended'],
  ] as const)('%s has no process to stop and is cancelled at once, by force too', (_title, from, run, kind) => {
    for (const policy of [coreFlowPolicy, minimalFlowPolicy]) {
      const decision = cancel(from as unknown as Parameters<typeof stateOf>, run, policy)
      expect(decision).toMatchObject({ status: 'REJECT', reason: `${kind} flow run has no infrastructure to terminate.` })
      expect(decision.written!.state).toMatchObject({ type: 'CANCELLED', name: 'Cancelled' })
    }
  })

  test('where a process may be, it is asked to stop', () => {
    expect(spoken(cancel(['SCHEDULED', { name: 'AwaitingRetry' }], { infrastructurePid: '42' }))).toEqual(accepted)
    expect(spoken(cancel(['PAUSED']))).toEqual(accepted)
  })
})

describe('handle-pausing-flows', () => {
  const pause = (from: Parameters<typeof stateOf> | null, details = {}, run = {}, name = 'Paused') =>
    decide(factsOf(from && stateOf(...from), run), proposal('PAUSED', { name, details }), coreFlowPolicy, envAt(now))

  test('only a running flow pauses', () => {
    expect(spoken(pause(null))).toEqual(aborted('Cannot pause flows with no state.'))
    expect(spoken(pause(['PENDING']))).toEqual(rejected('Cannot pause flows that are not currently running.'))
    expect(spoken(pause(['RUNNING']))).toEqual(accepted)
  })

  test('a pause fires once, and a pause without a key gets one of its own', () => {
    expect(pause(['RUNNING'], { pause_key: 'one' }).written!.run.empiricalPolicy.pause_keys).toEqual(['one'])
    const fired = { empiricalPolicy: { pause_keys: ['one'] } }
    expect(spoken(pause(['RUNNING'], { pause_key: 'one' }, fired))).toEqual(rejected('This pause has already fired.'))
    expect(pause(['RUNNING'], {}, fired).written!.run.empiricalPolicy.pause_keys).toHaveLength(2)
  })

  test('only a run that can be started again from its deployment is suspended', () => {
    const suspend = (run: object) => spoken(pause(['RUNNING'], { pause_reschedule: true }, run, 'Suspended'))
    expect(suspend({})).toEqual(aborted('Cannot suspend flows without a deployment.'))
    expect(suspend({ deploymentId, parentTaskRunId: deploymentId })).toEqual(aborted('Cannot suspend subflows.'))
    expect(suspend({ deploymentId })).toEqual(accepted)
  })
})

describe('handle-resuming-flows', () => {
  const resume = (type: StateType, details = {}, run = {}, rest = {}) =>
    decide(factsOf(stateOf('PAUSED', { details }), run), proposal(type, rest), coreFlowPolicy, envAt(now))

  test.each(['PENDING', 'PAUSED'] as const)('a pause is not left for %s', type => {
    expect(resume(type).status).toBe('REJECT')
    expect(resume(type).written).toBeNull()
  })

  test('running on leaves a mark on the policy; the first time it counts as a run, the next time not', () => {
    const first = resume('RUNNING', {}, { runCount: 1 }).written!.run
    expect(first).toMatchObject({ runCount: 2, empiricalPolicy: { resuming: true } })
    const next = resume('RUNNING', {}, { runCount: 2, empiricalPolicy: { resuming: true } }).written!.run
    expect(next).toMatchObject({ runCount: 2, empiricalPolicy: { resuming: true } })
  })

  test('after its timeout a pause can only fail, or be cancelled', () => {
    const past = { pause_timeout: toIso(now - second) }
    const decision = resume('RUNNING', past)
    expect(decision).toMatchObject({ status: 'REJECT', reason: 'The flow run pause has timed out and can no longer resume.' })
    expect(decision.written!.state).toMatchObject({ type: 'FAILED', message: 'The flow was running and never resumed.' })
    expect(decision.written!.run.empiricalPolicy.resuming).toBe(true)
    expect(spoken(resume('CANCELLING', past))).toEqual(accepted)
    expect(spoken(resume('RUNNING', { pause_timeout: toIso(now) }))).toEqual(accepted)
  })

  test('a suspended run without a deployment cannot be scheduled again', () => {
    const decision = resume('SCHEDULED', { pause_reschedule: true }, {}, { name: 'Resuming' })
    expect(spoken(decision)).toEqual(rejected('Cannot reschedule a resuming flow run without a deployment.'))
  })
})
