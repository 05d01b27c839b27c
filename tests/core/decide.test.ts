import { describe, expect, test } from 'vitest'
import { coreFlowPolicy, type Decision, decide, type EmpiricalPolicy, minimalFlowPolicy } from '../../src/core/orchestration/index.ts'
import { type StateType, stateTypes } from '../../src/core/states/index.ts'
import { toIso } from '../../src/kernel/clock.ts'
import { envAt, factsOf, noon, proposal, second, stateOf } from './flow-run-facts.ts'

const terminal: readonly StateType[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED']
const stored = { type: 'reference', storage_key: 'abc' }
const deploymentId = '019ab000-0000-7000-8000-0000000000d0'

/** The answer without what is written. */
const spoken = ({ status, reason, delaySeconds, written }: Decision) => ({ status, reason, delaySeconds, isWritten: written !== null })
const accepted = { status: 'ACCEPT', reason: null, delaySeconds: null, isWritten: true }
const aborted = (reason: string) => ({ status: 'ABORT', reason, delaySeconds: null, isWritten: false })
const rejected = (reason: string) => ({ status: 'REJECT', reason, delaySeconds: null, isWritten: false })
const now = noon + 10 * second

describe('a transition with nothing against it', () => {
  test.each(stateTypes.filter(type => type !== 'PAUSED'))('to %s is accepted as the first of a run', type => {
    const decision = decide(factsOf(null), proposal(type), coreFlowPolicy, envAt(now))
    expect(spoken(decision)).toEqual(accepted)
    expect(decision.written!.state).toMatchObject({ type, ordinal: 1, actorId: 'ada', actorName: 'Ada' })
  })

  test.each([
    ['SCHEDULED', 'PENDING'],
    ['SCHEDULED', 'RUNNING'],
    ['PENDING', 'RUNNING'],
    ['RUNNING', 'COMPLETED'],
    ['RUNNING', 'FAILED'],
    ['RUNNING', 'RUNNING'],
    ['RUNNING', 'PAUSED'],
    ['RUNNING', 'CANCELLING'],
    ['CANCELLING', 'CANCELLED'],
    ['PAUSED', 'RUNNING'],
    ['PENDING', 'CRASHED'],
  ] as const)('from %s to %s is accepted, and keeps name, message and data as they came', (from, to) => {
    const asked = proposal(to, { name: 'My own', message: 'why', data: { any: ['json', null] }, details: { custom: 1 } })
    const decision = decide(factsOf(stateOf(from)), asked, coreFlowPolicy, envAt(now))
    expect(spoken(decision)).toEqual(accepted)
    expect(decision.written!.state).toMatchObject({ type: to, name: 'My own', message: 'why', data: { any: ['json', null] }, ordinal: 2 })
    expect(decision.written!.state.details).toMatchObject({ custom: 1 })
    expect(decision.intended).toBe(asked)
  })

  test('decides the same twice: nothing but the facts and the environment is asked', () => {
    const facts = Object.freeze(factsOf(stateOf('RUNNING'), { empiricalPolicy: Object.freeze({ retries: 3 }) }))
    const once = decide(facts, proposal('FAILED'), coreFlowPolicy, envAt(now))
    expect(decide(facts, proposal('FAILED'), coreFlowPolicy, envAt(now))).toEqual(once)
  })
})

describe('prevent-duplicate-transitions', () => {
  const current = stateOf('RUNNING', { details: { transition_id: 'one' } })

  test.each(['RUNNING', 'COMPLETED', 'PENDING', 'FAILED'] as const)(
    'the transition id of the current state keeps it, whatever is proposed: %s',
    type => {
      const decision = decide(
        factsOf(current, { empiricalPolicy: { retries: 5 } }),
        proposal(type, { details: { transition_id: 'one' } }),
        coreFlowPolicy,
        envAt(now),
      )
      expect(spoken(decision)).toEqual(rejected('This run has already made this state transition.'))
    },
  )

  test('wins over every other rule', () => {
    const ended = stateOf('COMPLETED', { details: { transition_id: 'one' } })
    const decision = decide(factsOf(ended), proposal('CANCELLING', { details: { transition_id: 'one' } }), coreFlowPolicy, envAt(now))
    expect(decision.status).toBe('REJECT')
  })

  test.each([{ transition_id: 'two' }, { transition_id: null }, {}])('another id, or none, is no duplicate: %j', details => {
    expect(spoken(decide(factsOf(current), proposal('COMPLETED', { details }), coreFlowPolicy, envAt(now)))).toEqual(accepted)
  })

  test('a run without a state repeats nothing', () => {
    expect(spoken(decide(factsOf(null), proposal('PENDING', { details: { transition_id: 'one' } }), coreFlowPolicy, envAt(now)))).toEqual(
      accepted,
    )
  })

  test('a forced transition does not look at the id', () => {
    expect(
      spoken(decide(factsOf(current), proposal('RUNNING', { details: { transition_id: 'one' } }), minimalFlowPolicy, envAt(now))),
    ).toEqual(accepted)
  })
})

describe('handle-terminal-states', () => {
  test.each(terminal.flatMap(from => (['CANCELLING', 'PAUSED', 'CRASHED'] as const).map(to => [from, to] as const)))(
    'a run that is %s cannot become %s',
    (from, to) => {
      expect(spoken(decide(factsOf(stateOf(from)), proposal(to), coreFlowPolicy, envAt(now)))).toEqual(
        aborted(`Run is already in terminal state ${from}.`),
      )
    },
  )

  test.each(['SCHEDULED', 'PENDING', 'RUNNING'] as const)('a completed run with a stored result is not left for %s', to => {
    const decision = decide(factsOf(stateOf('COMPLETED', { data: stored }), { deploymentId }), proposal(to), coreFlowPolicy, envAt(now))
    expect(spoken(decision)).toEqual(rejected('Run is already COMPLETED.'))
  })

  test.each([null, { type: 'unpersisted' }, {}, [], [1], 'text', 7, true])('%j is no stored result: the run may run again', data => {
    expect(spoken(decide(factsOf(stateOf('COMPLETED', { data })), proposal('RUNNING'), coreFlowPolicy, envAt(now)))).toEqual(accepted)
  })

  test('a stored result gives way to another stored one, and to another end', () => {
    const facts = factsOf(stateOf('COMPLETED', { data: stored }))
    expect(
      spoken(decide(facts, proposal('COMPLETED', { data: { type: 'reference', storage_key: 'other' } }), coreFlowPolicy, envAt(now))),
    ).toEqual(accepted)
    expect(spoken(decide(facts, proposal('FAILED'), coreFlowPolicy, envAt(now)))).toEqual(accepted)
    expect(spoken(decide(facts, proposal('CANCELLED'), coreFlowPolicy, envAt(now)))).toEqual(accepted)
  })

  test.each(terminal)('a run that is %s is rescheduled only when it has a deployment', from => {
    const refused = decide(factsOf(stateOf(from)), proposal('SCHEDULED'), coreFlowPolicy, envAt(now))
    expect(spoken(refused)).toEqual(aborted('Cannot reschedule a run without an associated deployment.'))
    expect(spoken(decide(factsOf(stateOf(from), { deploymentId }), proposal('SCHEDULED'), coreFlowPolicy, envAt(now)))).toEqual(accepted)
  })

  test.each([
    ['SCHEDULED', 'reschedule'],
    ['RUNNING', null],
  ] as const)('run again as %s, the policy forgets its pauses and its retry type is %s', (to, retry_type) => {
    const empiricalPolicy = { retries: 2, resuming: true, pause_keys: ['one'], retry_type: 'in_process' as const, custom: 'kept' }
    const { written } = decide(factsOf(stateOf('FAILED'), { deploymentId, empiricalPolicy }), proposal(to), coreFlowPolicy, envAt(now))
    expect(written!.run.empiricalPolicy).toEqual({ retries: 2, resuming: false, pause_keys: [], retry_type, custom: 'kept' })
  })

  test('between two ends the policy stays as it is', () => {
    const empiricalPolicy = { retries: 2, resuming: false, pause_keys: ['one'] }
    const { written } = decide(factsOf(stateOf('FAILED'), { empiricalPolicy }), proposal('COMPLETED'), coreFlowPolicy, envAt(now))
    expect(written!.run.empiricalPolicy).toEqual(empiricalPolicy)
  })
})

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

describe('prevent-result-data-loss', () => {
  const lost = 'Cannot overwrite a COMPLETED state that carries persisted result data with one that does not.'
  const facts = factsOf(stateOf('COMPLETED', { data: stored }))

  test.each([
    ['the rules', coreFlowPolicy],
    ['force', minimalFlowPolicy],
  ] as const)('under %s a stored result is not overwritten by none', (_name, policy) => {
    for (const data of [null, { type: 'unpersisted' }, {}]) {
      expect(spoken(decide(facts, proposal('COMPLETED', { data }), policy, envAt(now)))).toEqual(rejected(lost))
    }
  })

  test('force passes everything else', () => {
    for (const type of stateTypes.filter(one => one !== 'COMPLETED')) {
      expect(spoken(decide(facts, proposal(type), minimalFlowPolicy, envAt(now)))).toEqual(accepted)
    }
  })
})

describe('whatever is decided', () => {
  const all: readonly (StateType | null)[] = [null, ...stateTypes]

  test.each(all.flatMap(from => stateTypes.map(to => [from, to] as const)))(
    'from %s to %s: written exactly when it is said so, and never out of order',
    (from, to) => {
      for (const policy of [coreFlowPolicy, minimalFlowPolicy]) {
        const facts = factsOf(from && stateOf(from), { deploymentId, runCount: 1, empiricalPolicy: { retries: 1 } })
        const { status, reason, delaySeconds, written, intended } = decide(facts, proposal(to), policy, envAt(now))
        expect(intended.type).toBe(to)
        if (status === 'ACCEPT') expect([reason, written!.state.type]).toEqual([null, to])
        else expect(reason).toMatch(/\.$|^Retrying$|^Scheduled time is in the future$/)
        if (status === 'WAIT' || status === 'ABORT') expect(written).toBeNull()
        expect(delaySeconds === null).toBe(status !== 'WAIT')
        if (!written) continue
        expect(written.state.ordinal).toBe(facts.run.version + 1)
        expect(written.state.timestamp).toBeGreaterThan(facts.state?.timestamp ?? 0)
        expect([written.run.stateId, written.run.version]).toEqual([written.state.id, written.state.ordinal])
      }
    },
  )
})

describe('a subflow', () => {
  test('takes the task run along that stands for it in its parent, unless nothing is written', () => {
    const facts = factsOf(stateOf('RUNNING'), { parentTaskRunId: 'parent' })
    const { consequences } = decide(facts, proposal('COMPLETED', { message: 'done' }), coreFlowPolicy, envAt(now))
    expect(consequences).toMatchObject([
      {
        taskRunId: 'parent',
        state: { type: 'COMPLETED', message: 'done', details: { child_flow_run_id: facts.run.id, task_run_id: 'parent' } },
      },
    ])
    expect(decide(facts, proposal('PENDING'), coreFlowPolicy, envAt(now)).consequences).toEqual([])
  })
})
