// Facts of a flow run, written out where a test cares and ordinary elsewhere.

import type { DecisionEnv, FlowRunFacts, FlowRunRecord } from '../../src/core/orchestration/index.ts'
import { defaultName, type ProposedState, type StateRecord, type StateType } from '../../src/core/states/index.ts'
import { parseInstant } from '../../src/kernel/clock.ts'

export const second = 1_000_000
export const noon = parseInstant('2026-11-25T12:00:00Z')!

export const runId = '019ab000-0000-7000-8000-000000000001'
const workspaceId = '019ab000-0000-7000-8000-0000000000aa'

export const envAt = (now: number): DecisionEnv => ({
  now,
  stateId: '019ab000-0000-7000-8000-00000000ffff',
  actor: { id: 'ada', name: 'Ada' },
})

export function proposal(type: StateType, rest: Partial<ProposedState> = {}): ProposedState {
  return { type, name: defaultName(type), message: null, data: null, details: {}, ...rest }
}

export function stateOf(type: StateType, rest: Partial<StateRecord> = {}): StateRecord {
  return {
    ...proposal(type),
    id: '019ab000-0000-7000-8000-000000000101',
    workspaceId,
    flowRunId: runId,
    ordinal: 1,
    timestamp: noon,
    actorId: 'ada',
    actorName: 'Ada',
    ...rest,
  }
}

export function runOf(rest: Partial<FlowRunRecord> = {}): FlowRunRecord {
  return {
    id: runId,
    workspaceId,
    flowId: '019ab000-0000-7000-8000-0000000000f0',
    deploymentId: null,
    parentTaskRunId: null,
    name: 'brave-otter',
    flowVersion: null,
    idempotencyKey: null,
    parameters: {},
    context: {},
    empiricalPolicy: {},
    tags: [],
    labels: {},
    infrastructurePid: null,
    jobVariables: {},
    stateId: null,
    stateType: null,
    stateName: null,
    stateTimestamp: null,
    version: 0,
    runCount: 0,
    expectedStartTime: null,
    nextScheduledStartTime: null,
    startTime: null,
    endTime: null,
    totalRunTime: 0,
    sortTime: noon,
    createdBy: null,
    created: noon,
    updated: noon,
    ...rest,
  }
}

/** A run that is in a state, or in none. */
export function factsOf(state: StateRecord | null, run: Partial<FlowRunRecord> = {}): FlowRunFacts {
  const inState = state && {
    stateId: state.id,
    stateType: state.type,
    stateName: state.name,
    stateTimestamp: state.timestamp,
    version: state.ordinal,
  }
  return { run: runOf({ ...inState, ...run }), state, flowName: 'hello' }
}
