import type { Instant } from '../../kernel/clock.ts'
import type { CommandEnv } from '../../kernel/context.ts'
import type { TaskRunStateRecord } from '../states/index.ts'
import type { Batch } from './batch.ts'
import type { TaskRunKey, TaskRunRecord } from './records.ts'
import { type Reported, reportIn, type TaskRunReport } from './task-run-report.ts'
import { claimableIn, unclaimable } from './transforms.ts'

/**
 * A client that orchestrates its tasks itself reports each state by an event, in whatever order they arrive. Each state is kept once; the run shows the
 * latest by time. In a flow run a task run is known by its key, else by its id: a report under another id is about the one that is there. What belongs
 * to no flow run of the workspace, since that was deleted, stays an event.
 */
export function recordTaskRun(env: CommandEnv, batch: Batch, event: Reported): void {
  const report = reportIn(event)
  if (!report) return
  const { place, run, state } = report
  const { flowRunId, id } = place
  const flowRun = flowRunId === null ? null : batch.enclosingRun(env.workspace.id, flowRunId)
  if (flowRun === undefined) return
  const known = (flowRun && batch.taskRunByKey(place)) ?? batch.taskRunIfThere(id)
  if (known && known.run.workspaceId !== env.workspace.id) return
  const before = known?.run ?? blankTaskRun(env, place)
  const stored = stateRecord(env, before, event, state)
  const isLatest = before.stateTimestamp === null || before.stateTimestamp < stored.timestamp
  if (!known) batch.insertTaskRun(before)
  if (isLatest) batch.enterTaskRunState(showing({ ...before, ...run, updated: env.now }, stored), stored)
  else batch.keepTaskRunState(stored)
}

export const blankTaskRun = (env: CommandEnv, place: { readonly id: string } & TaskRunKey): TaskRunRecord => ({
  id: place.id,
  workspaceId: env.workspace.id,
  flowRunId: place.flowRunId,
  name: place.taskKey,
  taskKey: place.taskKey,
  dynamicKey: place.dynamicKey,
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
  sortTime: env.now,
  ...unclaimable,
  created: env.now,
  updated: env.now,
})

const stateRecord = (
  env: CommandEnv,
  { id: taskRunId, workspaceId, flowRunId }: TaskRunRecord,
  { id, occurred }: { readonly id: string; readonly occurred: Instant },
  { type, name, message, data, state_details }: TaskRunReport['state'],
): TaskRunStateRecord => ({
  id,
  workspaceId,
  taskRunId,
  timestamp: occurred,
  type,
  name,
  message: message ?? null,
  data: data ?? null,
  details: { ...state_details, flow_run_id: flowRunId, task_run_id: taskRunId },
  actorId: env.actor.id,
  actorName: env.actor.name,
})

const showing = (run: TaskRunRecord, state: TaskRunStateRecord): TaskRunRecord => ({
  ...run,
  ...claimableIn(state),
  stateId: state.id,
  stateType: state.type,
  stateName: state.name,
  stateTimestamp: state.timestamp,
  sortTime: run.expectedStartTime ?? run.sortTime,
})
