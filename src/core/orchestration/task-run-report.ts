import { z } from 'zod'
import { type Instant, parseInstant, seconds } from '../../kernel/clock.ts'
import { type EventDraft, resourceIdOf } from '../../kernel/event-log.ts'
import { isUuid } from '../../kernel/ids.ts'
import { isJsonObject, present } from '../../kernel/inputs.ts'
import { stateTypes } from '../states/index.ts'
import type { Reads } from './batch.ts'
import type { Json, TaskRunKey, TaskRunPolicy, TaskRunRecord } from './records.ts'
import { ORCHESTRATION, TASK_RUN_PREFIX } from './task-run-events.ts'

export type Reported = Pick<EventDraft, 'id' | 'occurred' | 'event' | 'resource' | 'related' | 'payload'>

export interface TaskRunReport {
  readonly place: { readonly id: string } & TaskRunKey
  /** What it tells of the task run: what it leaves out stays as it is. */
  readonly run: Partial<TaskRunRecord>
  readonly state: z.output<typeof reportedState>
}

const FLOW_RUN_PREFIX = 'prefect.flow-run.'
const text = z.string()
/** A copy of each would be half of what reading a report costs. */
const json = z.custom<Json>(isJsonObject)

const reportedRun = z.object({
  name: text.optional(),
  task_version: text.nullish(),
  cache_key: text.nullish(),
  cache_expiration: text.nullish(),
  empirical_policy: json.optional(),
  tags: z.array(text).optional(),
  labels: json.nullish(),
  task_inputs: json.optional(),
  run_count: z.int().optional(),
  flow_run_run_count: z.int().optional(),
  expected_start_time: text.nullish(),
  next_scheduled_start_time: text.nullish(),
  start_time: text.nullish(),
  end_time: text.nullish(),
  total_run_time: z.number().optional(),
})

const reportedState = z.object({
  type: z.enum(stateTypes),
  name: text,
  message: text.nullish(),
  state_details: json.nullish(),
  data: z.unknown().optional(),
})

/** Undefined for an event that reports no task run, or not as it should. */
export function reportIn(event: Reported): TaskRunReport | undefined {
  const place = placeOf(event)
  const run = place && runToldIn(event.payload['task_run'])
  const state = run && reportedState.safeParse(event.payload['validated_state']).data
  return state && { place, run, state }
}

function runToldIn(taskRun: unknown): Partial<TaskRunRecord> | undefined {
  const told = reportedRun.safeParse(taskRun).data
  if (!told) return undefined
  const times = {
    cacheExpiration: momentOf(told.cache_expiration),
    expectedStartTime: momentOf(told.expected_start_time),
    nextScheduledStartTime: momentOf(told.next_scheduled_start_time),
    startTime: momentOf(told.start_time),
    endTime: momentOf(told.end_time),
  }
  if (Object.values(times).some(Number.isNaN)) return undefined
  return present({
    name: told.name,
    taskVersion: told.task_version,
    cacheKey: told.cache_key,
    empiricalPolicy: told.empirical_policy as TaskRunPolicy | undefined,
    tags: told.tags,
    labels: told.labels ?? undefined,
    taskInputs: told.task_inputs,
    runCount: told.run_count,
    flowRunRunCount: told.flow_run_run_count,
    totalRunTime: told.total_run_time === undefined ? undefined : seconds(told.total_run_time),
    ...times,
  })
}

/** NaN for what is no time. */
const momentOf = (told: string | null | undefined): Instant | null | undefined =>
  typeof told === 'string' ? (parseInstant(told) ?? Number.NaN) : told

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
