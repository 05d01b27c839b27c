import { describe, expect, test } from 'vitest'
import { coreFlowPolicy, decide, type EmpiricalPolicy, minimalFlowPolicy } from '../../src/core/orchestration/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import { aborted, accepted, deploymentId, now, rejected, spoken } from './flow-run-decisions.ts'
import { envAt, factsOf, noon, proposal, second, stateOf } from './flow-run-facts.ts'

describe('prevent-pending-transitions', () => {
  test.each(['PENDING', 'RUNNING', 'CANCELLED'] as const)('what is %s cannot become pending', from => {
    const decision = decide(factsOf(stateOf(from)), proposal('PENDING'), coreFlowPolicy, envAt(now))
    expect(spoken(decision)).toEqual(aborted(`This run is in a ${from} state and cannot transition to a PENDING state.`))
  })

  test('only a pending run may say more exactly what it waits for', () => {
    const submitting = proposal('PENDING', { name: 'Submitting' })
    expect(spoken(decide(factsOf(stateOf('PENDING')), submitting, coreFlowPolicy, envAt(now)))).toEqual(accepted)
    expect(decide(factsOf(stateOf('RUNNING')), submitting, coreFlowPolicy, envAt(now)).status).toBe('ABORT')
    expect(decide(factsOf(stateOf('PENDING', { name: 'Submitting' })), submitting, coreFlowPolicy, envAt(now)).status).toBe('ABORT')
    expect(decide(factsOf(stateOf('PENDING', { name: 'Submitting' })), proposal('PENDING'), coreFlowPolicy, envAt(now)).status).toBe(
      'ABORT',
    )
  })

  test('a finer name carries the time and the lease of the coarser, whatever it brings', () => {
    const details = { scheduled_time: toIso(noon), deployment_concurrency_lease_id: 'lease' }
    const finer = (own: object) =>
      decide(
        factsOf(stateOf('PENDING', { details })),
        proposal('PENDING', { name: 'Submitting', details: { ...own } }),
        coreFlowPolicy,
        envAt(now),
      ).written!.state.details
    expect(finer({})).toMatchObject(details)
    expect(finer({ scheduled_time: 'own', deployment_concurrency_lease_id: 'mine' })).toMatchObject(details)
  })
})

describe('only-scheduled-become-late', () => {
  const late = (from: Parameters<typeof stateOf> | null) =>
    spoken(decide(factsOf(from && stateOf(...from), { deploymentId }), proposal('SCHEDULED', { name: 'Late' }), coreFlowPolicy, envAt(now)))

  test('a scheduled run becomes late, once', () => {
    expect(late(['SCHEDULED'])).toEqual(accepted)
    expect(late(['SCHEDULED', { name: 'Late' }])).toEqual(rejected('This flow run is already marked late.'))
  })

  test.each(['PENDING', 'RUNNING', 'FAILED'] as const)('what is %s does not', type => {
    expect(late([type])).toEqual(rejected('Only scheduled flows can be marked late.'))
  })
})

describe('copy-scheduled-time', () => {
  const claim = (details: object) =>
    decide(
      factsOf(stateOf('SCHEDULED', { details: { scheduled_time: toIso(noon) } })),
      proposal('PENDING', { details: { ...details } }),
      coreFlowPolicy,
      envAt(now),
    ).written!.state.details.scheduled_time

  test('a claimed run remembers when it was due, unless it is told another time', () => {
    expect(claim({})).toBe(toIso(noon))
    expect(claim({ scheduled_time: toIso(now) })).toBe(toIso(now))
  })
})

describe('wait-for-scheduled-time', () => {
  const scheduled = (from: 'SCHEDULED' | 'PENDING', due: number) => factsOf(stateOf(from, { details: { scheduled_time: toIso(due) } }))

  test.each([
    ['SCHEDULED', 90 * second, 90],
    ['PENDING', 90 * second, 90],
    ['SCHEDULED', 1.5 * second, 2],
    ['SCHEDULED', 0.5 * second, 1],
  ] as const)('from %s, %d µs early, running waits %d s', (from, early, delaySeconds) => {
    const decision = decide(scheduled(from, now + early), proposal('RUNNING'), coreFlowPolicy, envAt(now))
    expect(spoken(decision)).toEqual({ status: 'WAIT', reason: 'Scheduled time is in the future', delaySeconds, isWritten: false })
  })

  test.each([-90 * second, 0, 0.4 * second])('due in %d µs, it runs at once', early => {
    expect(spoken(decide(scheduled('SCHEDULED', now + early), proposal('RUNNING'), coreFlowPolicy, envAt(now)))).toEqual(accepted)
  })

  test('a time with another offset is the same moment', () => {
    const facts = factsOf(stateOf('SCHEDULED', { details: { scheduled_time: '2026-11-25T14:01:00+02:00' } }))
    expect(decide(facts, proposal('RUNNING'), coreFlowPolicy, envAt(noon)).delaySeconds).toBe(60)
  })

  test('nobody else waits: not a cancellation, not a forced start', () => {
    const facts = scheduled('SCHEDULED', now + 90 * second)
    expect(spoken(decide(facts, proposal('CANCELLED'), coreFlowPolicy, envAt(now)))).toEqual(accepted)
    expect(spoken(decide(facts, proposal('RUNNING'), minimalFlowPolicy, envAt(now)))).toEqual(accepted)
  })
})

describe('retry-failed-flows', () => {
  const failure = proposal('FAILED', { name: 'TimedOut', message: 'boom', data: { type: 'reference', storage_key: 'error' } })
  const running = (runCount: number, empiricalPolicy: EmpiricalPolicy) => factsOf(stateOf('RUNNING'), { runCount, empiricalPolicy })

  test.each([
    [1, { retries: 1 }, 0],
    [1, { retries: 3, retry_delay: 30 }, 30],
    [3, { retries: 3, retry_delay: 0.25 }, 0.25],
    [1, { retries: 1, retry_delay: null }, 0],
  ])('run %d of %j becomes AwaitingRetry in %d s, with the message and data of the failure', (runCount, policy, delay) => {
    const { written, consequences: _, ...answer } = decide(running(runCount, policy), failure, coreFlowPolicy, envAt(now))
    expect(answer).toEqual({ status: 'REJECT', reason: 'Retrying', delaySeconds: null, intended: failure })
    expect(written!.state).toMatchObject({ type: 'SCHEDULED', name: 'AwaitingRetry', message: 'boom', data: failure.data })
    expect(written!.state.details.scheduled_time).toBe(toIso(now + delay * second))
    expect(written!.run.nextScheduledStartTime).toBe(now + delay * second)
    expect(written!.run.endTime).toBeNull()
  })

  test('the retry is written into the policy: in process, no pauses left, not resuming', () => {
    const { written } = decide(
      running(1, { retries: 1, pause_keys: ['one'], resuming: true, custom: 'kept' }),
      failure,
      coreFlowPolicy,
      envAt(now),
    )
    expect(written!.run.empiricalPolicy).toEqual({ retries: 1, pause_keys: [], resuming: false, retry_type: 'in_process', custom: 'kept' })
  })

  test.each([
    [2, { retries: 1 }],
    [1, { retries: 0 }],
    [1, { retries: null }],
    [1, {}],
  ])('run %d of %j fails for good, and its retry type is cleared', (runCount, policy) => {
    const { written, status } = decide(running(runCount, { ...policy, retry_type: 'in_process' }), failure, coreFlowPolicy, envAt(now))
    expect(status).toBe('ACCEPT')
    expect(written!.state).toMatchObject({ type: 'FAILED', name: 'TimedOut', message: 'boom' })
    expect(written!.run.empiricalPolicy).toEqual({ ...policy, retry_type: null })
  })

  test.each(['CRASHED', 'CANCELLED', 'COMPLETED'] as const)('%s is no failure: nothing is retried and the policy stays', type => {
    const policy = { retries: 5, retry_type: 'in_process' as const }
    const { written, status } = decide(running(1, policy), proposal(type), coreFlowPolicy, envAt(now))
    expect(status).toBe('ACCEPT')
    expect(written!.run.empiricalPolicy).toEqual(policy)
  })

  test('a forced failure is a failure', () => {
    expect(decide(running(1, { retries: 5 }), failure, minimalFlowPolicy, envAt(now)).written!.state.type).toBe('FAILED')
  })
})
