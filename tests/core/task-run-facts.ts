// Facts of a task run, written out where a test cares and ordinary elsewhere.

import type { EnclosingRun, TaskCase, TaskDecisionEnv, TaskRunRecord } from '../../src/core/orchestration/index.ts'
import type { StateType, TaskRunStateRecord } from '../../src/core/states/index.ts'
import { envAt, noon, proposal, runId } from './flow-run-facts.ts'

export const taskRunId = '019ab000-0000-7000-8000-000000000201'
const workspaceId = '019ab000-0000-7000-8000-0000000000aa'

export const taskEnvAt = (now: number, random = 0.5): TaskDecisionEnv => ({
  ...envAt(now),
  random: () => random,
  cachedResultId: '019ab000-0000-7000-8000-00000000cccc',
})

export const taskStateOf = (type: StateType, rest: Partial<TaskRunStateRecord> = {}): TaskRunStateRecord => ({
  ...proposal(type),
  id: '019ab000-0000-7000-8000-000000000301',
  workspaceId,
  taskRunId,
  timestamp: noon,
  actorId: 'ada',
  actorName: 'Ada',
  ...rest,
})

export const taskRunOf = (rest: Partial<TaskRunRecord> = {}): TaskRunRecord => ({
  id: taskRunId,
  workspaceId,
  flowRunId: runId,
  name: 'extract-0',
  taskKey: 'extract-1234',
  dynamicKey: '0',
  taskVersion: null,
  cacheKey: null,
  cacheExpiration: null,
  empiricalPolicy: {},
  tags: [],
  labels: {},
  taskInputs: {},
  stateId: null,
  stateType: null,
  stateName: null,
  stateTimestamp: null,
  runCount: 0,
  flowRunRunCount: 0,
  expectedStartTime: null,
  nextScheduledStartTime: null,
  startTime: null,
  endTime: null,
  totalRunTime: 0,
  sortTime: noon,
  claimableAt: null,
  claimedBy: null,
  claimId: null,
  created: noon,
  updated: noon,
  ...rest,
})

export const enclosingOf = (rest: Partial<EnclosingRun> = {}): EnclosingRun => ({
  id: runId,
  workspaceId,
  flowId: '019ab000-0000-7000-8000-0000000000f0',
  labels: {},
  stateType: 'RUNNING',
  runCount: 1,
  stateDetails: null,
  ...rest,
})

/** A task run that is in a state, or in none, inside a running flow. */
export function taskCaseOf(state: TaskRunStateRecord | null, run: Partial<TaskRunRecord> = {}, rest: Partial<TaskCase> = {}): TaskCase {
  const inState = state && { stateId: state.id, stateType: state.type, stateName: state.name, stateTimestamp: state.timestamp }
  return { run: taskRunOf({ ...inState, ...run }), state, flowRun: enclosingOf(), cached: [], ...rest }
}
