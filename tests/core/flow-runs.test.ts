import { describe, expect, test } from 'vitest'
import { flowRunStateChanged, stateChangeOf } from '../../src/core/flow-runs/flow-run.events.ts'
import { toProposal } from '../../src/core/flow-runs/flow-run.inputs.ts'
import { coinName, estimatedRunTime, estimatedStartTimeDelta } from '../../src/core/flow-runs/flow-run.rules.ts'
import { coreFlowPolicy, decide } from '../../src/core/orchestration/index.ts'
import { defaultName, hasPersistedData, isTerminal, stateTypes } from '../../src/core/states/index.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { envAt, factsOf, noon, proposal, runId, runOf, second, stateOf } from './flow-run-facts.ts'

describe('estimated run time', () => {
  test.each([
    ['RUNNING', 5, 15],
    ['RUNNING', 0, 10],
    ['RUNNING', -5, 10],
    ['PAUSED', 5, 10],
    ['COMPLETED', 5, 10],
    [null, 5, 10],
  ] as const)('of a %s run, %d s after its state began and with 10 s behind it, is %d s', (stateType, after, expected) => {
    const run = runOf({ stateType, stateTimestamp: stateType && noon, totalRunTime: 10 * second })
    expect(estimatedRunTime(run, noon + after * second)).toBe(expected * second)
  })
})

describe('estimated start time delta', () => {
  test.each([
    ['has no expected start', {}, 0],
    ['started late', { expectedStartTime: noon, startTime: noon + 7 * second }, 7],
    ['started early', { expectedStartTime: noon, startTime: noon - 7 * second }, 0],
    ['is late', { expectedStartTime: noon, stateType: 'SCHEDULED' }, 60],
    ['is not due', { expectedStartTime: noon + 90 * second, stateType: 'SCHEDULED' }, 0],
    ['ended without starting', { expectedStartTime: noon, stateType: 'CANCELLED' }, 0],
  ] as const)('of a run that %s', (_what, run, expected) => {
    expect(estimatedStartTimeDelta(runOf(run), noon + 60 * second)).toBe(expected * second)
  })
})

describe('a coined name', () => {
  test('is two words, at both ends of chance', () => {
    expect(coinName(() => 0)).toBe('amber-adder')
    expect(coinName(() => 0.999_999)).toBe('zesty-yak')
  })
})

describe('states', () => {
  test('four kinds are ends, and having no state is none', () => {
    expect(stateTypes.filter(type => isTerminal({ type }))).toEqual(['COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED'])
    expect(isTerminal(null)).toBe(false)
  })

  test('the name of a state is its type, capitalised', () => {
    expect(stateTypes.map(defaultName)).toEqual([
      'Scheduled',
      'Pending',
      'Running',
      'Completed',
      'Failed',
      'Cancelled',
      'Crashed',
      'Paused',
      'Cancelling',
    ])
  })

  test.each([
    [{ type: 'reference' }, true],
    [{ any: 1 }, true],
    [{ type: 'unpersisted' }, false],
    [{}, false],
    [[], false],
    [[{ a: 1 }], false],
    ['text', false],
    [0, false],
    [null, false],
    [undefined, false],
  ])('%j counts as stored: %s', (data, expected) => {
    expect(hasPersistedData({ data })).toBe(expected)
  })

  test('a proposal takes its default name, keeps an empty one, and puts the scheduled time among the details', () => {
    expect(toProposal({ type: 'SCHEDULED', scheduledTime: noon })).toEqual({
      ...proposal('SCHEDULED'),
      details: { scheduled_time: '2026-11-25T12:00:00.000000Z' },
    })
    expect(toProposal({ type: 'RUNNING', name: '', message: 'm', data: 0, details: { own: 1 } })).toEqual({
      type: 'RUNNING',
      name: '',
      message: 'm',
      data: 0,
      details: { own: 1 },
    })
    expect(toProposal({ type: 'RUNNING', name: null, data: null, details: null })).toEqual(proposal('RUNNING'))
  })
})

describe('the event of a state change', () => {
  const facts = factsOf(stateOf('PENDING'), { tags: ['nightly'], runCount: 0 })
  const eventAt = (now: number, to = proposal('RUNNING', { message: 'go' })) =>
    flowRunStateChanged(facts, decide(facts, to, coreFlowPolicy, envAt(now)))

  test('is the state’s id and time, and tells who, from where, to where', () => {
    expect(eventAt(noon + second)).toEqual({
      id: '019ab000-0000-7000-8000-00000000ffff',
      workspaceId: facts.run.workspaceId,
      occurred: noon + second,
      received: noon + second,
      event: 'prefect.flow-run.Running',
      resource: {
        'prefect.resource.id': `prefect.flow-run.${runId}`,
        'prefect.resource.name': 'brave-otter',
        'prefect.run-count': '1',
        'prefect.state-message': 'go',
        'prefect.state-name': 'Running',
        'prefect.state-timestamp': '2026-11-25T12:00:01.000000Z',
        'prefect.state-type': 'RUNNING',
      },
      related: [
        { 'prefect.resource.id': `prefect.flow.${facts.run.flowId}`, 'prefect.resource.role': 'flow', 'prefect.resource.name': 'hello' },
        { 'prefect.resource.id': 'prefect.tag.nightly', 'prefect.resource.role': 'tag' },
      ],
      payload: {
        intended: { from: 'PENDING', to: 'RUNNING' },
        initial_state: { type: 'PENDING', name: 'Pending', message: '' },
        validated_state: { type: 'RUNNING', name: 'Running', message: 'go' },
      },
      follows: facts.state!.id,
    })
  })

  test('follows the state before it when that is five minutes back at most', () => {
    expect(eventAt(noon + 300 * second).follows).toBe(facts.state!.id)
    expect(eventAt(noon + 300 * second + 1).follows).toBeNull()
  })

  test('carries at most 100 000 characters of the message', () => {
    expect(eventAt(noon, proposal('RUNNING', { message: 'x'.repeat(100_001) })).resource['prefect.state-message']).toHaveLength(100_000)
  })

  test('names what was asked for where another state was written', () => {
    const running = factsOf(stateOf('RUNNING'), { runCount: 1, empiricalPolicy: { retries: 1 } })
    const event = flowRunStateChanged(running, decide(running, proposal('FAILED'), coreFlowPolicy, envAt(noon + second)))
    expect(event.event).toBe('prefect.flow-run.AwaitingRetry')
    expect(event.payload.intended).toEqual({ from: 'RUNNING', to: 'FAILED' })
  })

  test('is read back from the log as it was', () => {
    expect(stateChangeOf({ ...eventAt(noon + second), seq: 1 })).toEqual({
      flowRunId: runId,
      flowName: 'hello',
      stateId: '019ab000-0000-7000-8000-00000000ffff',
      state: { type: 'RUNNING', name: 'Running', message: 'go' },
      previousState: { type: 'PENDING', name: 'Pending', message: '' },
      occurred: noon + second,
    })
  })

  test.each([
    ['a heartbeat', { event: 'prefect.flow-run.heartbeat', payload: {} }],
    ['another noun', { event: 'prefect.flow.created' }],
    ['another resource', { resource: { 'prefect.resource.id': 'prefect.flow.x' } }],
    ['a run whose id is none', { resource: { 'prefect.resource.id': 'prefect.flow-run.not-an-id' } }],
    ['no resource at all', { resource: {} }],
  ] as [string, Partial<LogEvent>][])('%s is no state change', (_what, other) => {
    expect(stateChangeOf({ ...eventAt(noon + second), seq: 1, ...other })).toBeUndefined()
  })
})
