import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { CommandEnv } from '../../kernel/context.ts'
import { type EventDraft, resourceIdOf } from '../../kernel/event-log.ts'
import { isUuid } from '../../kernel/ids.ts'
import { instantText, jsonObject, present } from '../../kernel/inputs.ts'
import { stateTypes, type TaskRunStateRecord } from '../states/index.ts'
import type { Batch, Reads } from './batch.ts'
import type { Json, TaskRunKey, TaskRunPolicy, TaskRunRecord } from './records.ts'
import { ORCHESTRATION, TASK_RUN_PREFIX } from './task-run-events.ts'
import { claimableIn, unclaimable } from './transforms.ts'

type Reported = Pick<EventDraft, 'id' | 'occurred' | 'event' | 'resource' | 'related' | 'payload'>

const FLOW_RUN_PREFIX = 'prefect.flow-run.'
const seconds = z.number().transform(value => Math.round(value * 1_000_000))
const time = instantText.nullish()

/** A task run as its client tells of it. What it leaves out stays as it is. */
const reportedRun = z
  .object({
    name: z.string().optional(),
    task_key: z.string(),
    dynamic_key: z.string(),
    task_version: z.string().nullish(),
    cache_key: z.string().nullish(),
    cache_expiration: time,
    empirical_policy: jsonObject.optional(),
    tags: z.array(z.string()).optional(),
    labels: jsonObject.nullish(),
    task_inputs: jsonObject.optional(),
    run_count: z.int().optional(),
    flow_run_run_count: z.int().optional(),
    expected_start_time: time,
    next_scheduled_start_time: time,
    start_time: time,
    end_time: time,
    total_run_time: seconds.optional(),
  })
  .transform(told =>
    present({
      name: told.name,
      taskVersion: told.task_version,
      cacheKey: told.cache_key,
      cacheExpiration: told.cache_expiration,
      empiricalPolicy: told.empirical_policy as TaskRunPolicy | undefined,
      tags: told.tags,
      labels: told.labels ?? undefined,
      taskInputs: told.task_inputs as Json | undefined,
      runCount: told.run_count,
      flowRunRunCount: told.flow_run_run_count,
      expectedStartTime: told.expected_start_time,
      nextScheduledStartTime: told.next_scheduled_start_time,
      startTime: told.start_time,
      endTime: told.end_time,
      totalRunTime: told.total_run_time,
    }),
  )

const reportedState = z.object({
  type: z.enum(stateTypes),
  name: z.string(),
  message: z.string().nullish(),
  state_details: jsonObject.nullish(),
  data: z.unknown().optional(),
})

/** Which rows a report is about; undefined for an event that reports no task run. */
function placeOf({ event, resource, related, payload }: Reported): ({ readonly id: string } & TaskRunKey) | undefined {
  if (!event.startsWith('prefect.task-run') || resource[ORCHESTRATION] !== 'client') return undefined
  const id = idBehind(TASK_RUN_PREFIX, resourceIdOf({ resource }))
  const flowRun = related.find(one => one['prefect.resource.role'] === 'flow-run')
  const flowRunId = flowRun ? idBehind(FLOW_RUN_PREFIX, resourceIdOf({ resource: flowRun })) : null
  const { task_key: taskKey, dynamic_key: dynamicKey } = (payload['task_run'] ?? {}) as Record<string, unknown>
  if (!id || flowRunId === undefined || typeof taskKey !== 'string' || typeof dynamicKey !== 'string') return undefined
  return { id, flowRunId, taskKey, dynamicKey }
}

const idBehind = (prefix: string, resourceId: string): string | undefined => {
  const id = resourceId.slice(prefix.length)
  return resourceId.startsWith(prefix) && isUuid(id) ? id.toLowerCase() : undefined
}

/** What must be known to record the task runs that events report. */
export function readsOfReports(events: readonly Reported[]): Reads {
  const places = events.flatMap(event => placeOf(event) ?? [])
  if (places.length === 0) return {}
  const inFlows = places.filter(({ flowRunId }) => flowRunId !== null)
  return {
    taskRuns: places.map(({ id }) => id),
    taskRunKeys: inFlows,
    enclosingRuns: inFlows.map(({ flowRunId }) => flowRunId!),
  }
}

/**
 * A client that orchestrates its tasks itself reports each state by an event, in whatever order they arrive. Each state is kept once; the run shows the
 * latest by time. In a flow run a task run is known by its key, else by its id: a report under another id is about the one that is there. What belongs
 * to no flow run of the workspace, since that was deleted, stays an event.
 */
export function recordTaskRun(env: CommandEnv, batch: Batch, event: Reported): void {
  const place = placeOf(event)
  const run = place && reportedRun.safeParse(event.payload['task_run']).data
  const state = run && reportedState.safeParse(event.payload['validated_state']).data
  if (!state) return
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
  { type, name, message, data, state_details }: z.output<typeof reportedState>,
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
