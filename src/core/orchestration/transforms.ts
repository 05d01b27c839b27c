import { type Instant, parseInstant, toIso } from '../../kernel/clock.ts'
import {
  isTerminalType,
  type ProposedState,
  type StateDetails,
  type StateRecord,
  type StoredState,
  type TaskRunStateRecord,
} from '../states/index.ts'
import type { DecisionEnv } from './decide.ts'
import type { FlowRunRecord, TaskRunRecord } from './records.ts'

/** What every written state does to its flow run, whatever the policy: the peer's global transforms. */
export function transform(
  run: FlowRunRecord,
  from: StateRecord | null,
  to: ProposedState,
  env: DecisionEnv,
): { run: FlowRunRecord; state: StateRecord } {
  const stored = storedState(run, from, to, env, { flow_run_id: run.id, task_run_id: run.parentTaskRunId })
  const state = { ...stored, flowRunId: run.id, ordinal: run.version + 1 }
  const resumes = run.empiricalPolicy.resuming === true
  const isRunning = to.type === 'RUNNING'
  return {
    state,
    run: {
      ...run,
      ...entered(run, from, state),
      version: state.ordinal,
      runCount: run.runCount + (isRunning && !resumes ? 1 : 0),
      empiricalPolicy:
        resumes && (isRunning || isTerminalType(to.type)) ? { ...run.empiricalPolicy, resuming: false } : run.empiricalPolicy,
      updated: env.now,
    },
  }
}

/** The same for a task run. */
export function transformTask(
  run: TaskRunRecord,
  from: TaskRunStateRecord | null,
  to: ProposedState,
  env: DecisionEnv,
): { run: TaskRunRecord; state: TaskRunStateRecord } {
  const state = { ...storedState(run, from, to, env, { flow_run_id: run.flowRunId, task_run_id: run.id }), taskRunId: run.id }
  const runCount = run.runCount + (to.type === 'RUNNING' ? 1 : 0)
  return { state, run: { ...run, ...entered(run, from, state), ...claimableIn(state), runCount, updated: env.now } }
}

export const unclaimable = { claimableAt: null, claimedBy: null, claimId: null } as const

/** A task run that is scheduled for the background waits from its time on for a task worker; each new state ends what claims there were. */
export function claimableIn({ type, details, timestamp }: StoredState): Pick<TaskRunRecord, 'claimableAt' | 'claimedBy' | 'claimId'> {
  if (type !== 'SCHEDULED' || !details.deferred) return unclaimable
  return { ...unclaimable, claimableAt: (typeof details.scheduled_time === 'string' && parseInstant(details.scheduled_time)) || timestamp }
}

type Timed = Pick<FlowRunRecord, 'startTime' | 'endTime' | 'totalRunTime' | 'expectedStartTime' | 'nextScheduledStartTime'>

/** What a run shows of its state, and the times that follow from it. */
function entered(run: Timed, from: StoredState | null, state: StoredState) {
  const { timestamp } = state
  const isEntering = (type: string) => state.type === type
  const isLeaving = (type: string) => from?.type === type
  const due = isEntering('SCHEDULED') ? parseInstant(state.details.scheduled_time!)! : null
  const isEnding = isTerminalType(state.type)
  const expectedStartTime = run.expectedStartTime ?? due ?? timestamp
  return {
    stateId: state.id,
    stateType: state.type,
    stateName: state.name,
    stateTimestamp: timestamp,
    startTime: run.startTime ?? (isEntering('RUNNING') || (isEnding && run.endTime === null) ? timestamp : null),
    endTime: isEnding ? (run.endTime ?? timestamp) : null,
    totalRunTime: run.totalRunTime + (isLeaving('RUNNING') ? timestamp - from!.timestamp : 0),
    expectedStartTime,
    sortTime: expectedStartTime,
    nextScheduledStartTime: due ?? (isLeaving('SCHEDULED') ? null : run.nextScheduledStartTime),
  }
}

/** Timestamps of one run are strictly increasing, by a microsecond where the clock stands still or goes back. */
function storedState(
  { workspaceId }: { readonly workspaceId: string },
  from: StoredState | null,
  to: ProposedState,
  env: DecisionEnv,
  ids: StateDetails,
): StoredState {
  const timestamp: Instant = from ? Math.max(env.now, from.timestamp + 1) : env.now
  const scheduled = to.type === 'SCHEDULED' && !to.details.scheduled_time ? { scheduled_time: toIso(timestamp) } : {}
  return {
    id: env.stateId,
    workspaceId,
    timestamp,
    type: to.type,
    name: to.name,
    message: to.message,
    data: to.data,
    details: { ...to.details, ...scheduled, ...ids },
    actorId: env.actor.id,
    actorName: env.actor.name,
  }
}
