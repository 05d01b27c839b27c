import { describe, expect, test } from 'vitest'
import { coreFlowPolicy, decide, minimalFlowPolicy } from '../../src/core/orchestration/index.ts'
import { type StateType, stateTypes } from '../../src/core/states/index.ts'
import { aborted, accepted, deploymentId, now, rejected, spoken } from './flow-run-decisions.ts'
import { envAt, factsOf, proposal, stateOf } from './flow-run-facts.ts'

const terminal: readonly StateType[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED']
const stored = { type: 'reference', storage_key: 'abc' }

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
