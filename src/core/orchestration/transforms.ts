import { parseInstant, toIso } from '../../kernel/clock.ts'
import { isTerminalType, type ProposedState, type StateRecord } from '../states/index.ts'
import type { DecisionEnv } from './decide.ts'
import type { FlowRunRecord } from './records.ts'

/** What every written state does to its run, whatever the policy: the peer's global transforms. */
export function transform(
  run: FlowRunRecord,
  from: StateRecord | null,
  to: ProposedState,
  env: DecisionEnv,
): { run: FlowRunRecord; state: StateRecord } {
  const state = recordOf(run, from, to, env)
  const { timestamp } = state
  const isEntering = (type: string) => to.type === type
  const isLeaving = (type: string) => from?.type === type
  const due = isEntering('SCHEDULED') ? parseInstant(state.details.scheduled_time!)! : null
  const isEnding = isTerminalType(to.type)
  const resumes = run.empiricalPolicy.resuming === true
  const expectedStartTime = run.expectedStartTime ?? due ?? timestamp

  return {
    state,
    run: {
      ...run,
      stateId: state.id,
      stateType: state.type,
      stateName: state.name,
      stateTimestamp: timestamp,
      version: state.ordinal,
      startTime: run.startTime ?? (isEntering('RUNNING') || (isEnding && run.endTime === null) ? timestamp : null),
      endTime: isEnding ? (run.endTime ?? timestamp) : null,
      totalRunTime: run.totalRunTime + (isLeaving('RUNNING') ? timestamp - from!.timestamp : 0),
      expectedStartTime,
      sortTime: expectedStartTime,
      nextScheduledStartTime: due ?? (isLeaving('SCHEDULED') ? null : run.nextScheduledStartTime),
      runCount: run.runCount + (isEntering('RUNNING') && !resumes ? 1 : 0),
      empiricalPolicy: resumes && (isEntering('RUNNING') || isEnding) ? { ...run.empiricalPolicy, resuming: false } : run.empiricalPolicy,
      updated: env.now,
    },
  }
}

/** Timestamps of one run are strictly increasing, by a microsecond where the clock stands still or goes back. */
function recordOf(run: FlowRunRecord, from: StateRecord | null, to: ProposedState, env: DecisionEnv): StateRecord {
  const timestamp = from ? Math.max(env.now, from.timestamp + 1) : env.now
  return {
    id: env.stateId,
    workspaceId: run.workspaceId,
    flowRunId: run.id,
    ordinal: run.version + 1,
    timestamp,
    type: to.type,
    name: to.name,
    message: to.message,
    data: to.data,
    details: {
      ...to.details,
      ...(to.type === 'SCHEDULED' && !to.details.scheduled_time ? { scheduled_time: toIso(timestamp) } : {}),
      flow_run_id: run.id,
      task_run_id: run.parentTaskRunId,
    },
    actorId: env.actor.id,
    actorName: env.actor.name,
  }
}
