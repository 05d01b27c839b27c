import type { Instant } from '../../kernel/clock.ts'
import type { StateDetails, StateRecord, StateType, TaskRunStateRecord } from '../states/index.ts'

/** The rows that commands own, as plain records. The entities of flows and flow-runs map the same tables, read-only. */
export interface FlowRecord {
  readonly id: string
  readonly workspaceId: string
  readonly name: string
  readonly tags: readonly string[]
  readonly labels: Json
  readonly created: Instant
  readonly updated: Instant
}

export interface FlowRunRecord {
  readonly id: string
  readonly workspaceId: string
  readonly flowId: string
  readonly deploymentId: string | null
  readonly parentTaskRunId: string | null
  readonly name: string
  readonly flowVersion: string | null
  readonly idempotencyKey: string | null
  readonly parameters: Json
  readonly context: Json
  readonly empiricalPolicy: EmpiricalPolicy
  readonly tags: readonly string[]
  readonly labels: Json
  /** The process or job that runs it, as a worker told. */
  readonly infrastructurePid: string | null
  readonly jobVariables: Json
  readonly stateId: string | null
  readonly stateType: StateType | null
  readonly stateName: string | null
  readonly stateTimestamp: Instant | null
  /** How many states the run has had; each write adds one. */
  readonly version: number
  readonly runCount: number
  readonly expectedStartTime: Instant | null
  readonly nextScheduledStartTime: Instant | null
  readonly startTime: Instant | null
  readonly endTime: Instant | null
  /** Microseconds spent in RUNNING, without the stretch under way. */
  readonly totalRunTime: number
  /** What lists are sorted by: the expected start, or the creation of a run that has none. */
  readonly sortTime: Instant
  readonly createdBy: Json | null
  readonly created: Instant
  readonly updated: Instant
}

export type Json = Readonly<Record<string, unknown>>

/** The peer's keys, since the SDK writes and reads this object as it is. */
export interface EmpiricalPolicy {
  readonly retries?: number | null
  readonly retry_delay?: number | null
  readonly pause_keys?: readonly string[] | null
  readonly resuming?: boolean | null
  readonly retry_type?: 'in_process' | 'reschedule' | null
  readonly [key: string]: unknown
}

/** What a decision about a run rests on. */
export interface FlowRunFacts {
  readonly run: FlowRunRecord
  readonly state: StateRecord | null
  readonly flowName: string
}

export interface TaskRunRecord {
  readonly id: string
  readonly workspaceId: string
  /** None of a task that runs in the background. */
  readonly flowRunId: string | null
  readonly name: string
  readonly taskKey: string
  /** Tells the calls of one task in one flow run apart. */
  readonly dynamicKey: string
  readonly taskVersion: string | null
  readonly cacheKey: string | null
  readonly cacheExpiration: Instant | null
  readonly empiricalPolicy: TaskRunPolicy
  readonly tags: readonly string[]
  readonly labels: Json
  /** Which runs and parameters its arguments came from. */
  readonly taskInputs: Json
  readonly stateId: string | null
  readonly stateType: StateType | null
  readonly stateName: string | null
  readonly stateTimestamp: Instant | null
  readonly runCount: number
  /** The attempt of the flow run that it last ran in. */
  readonly flowRunRunCount: number
  readonly expectedStartTime: Instant | null
  readonly nextScheduledStartTime: Instant | null
  readonly startTime: Instant | null
  readonly endTime: Instant | null
  readonly totalRunTime: number
  readonly sortTime: Instant
  /** From when on a task worker may take it. None may take one that does not run in the background, or has begun. */
  readonly claimableAt: Instant | null
  /** The task worker that holds it until then. */
  readonly claimedBy: string | null
  /** The claim, while its worker has not acknowledged it. */
  readonly claimId: string | null
  readonly created: Instant
  readonly updated: Instant
}

/** The peer's keys, as for flow runs. */
export interface TaskRunPolicy {
  readonly retries?: number | null
  readonly retry_delay?: number | readonly number[] | null
  readonly retry_jitter_factor?: number | null
  readonly [key: string]: unknown
}

export interface TaskRunFacts {
  readonly run: TaskRunRecord
  readonly state: TaskRunStateRecord | null
}

/** What a task run must know of the flow run around it. */
export interface EnclosingRun extends Pick<FlowRunRecord, 'id' | 'workspaceId' | 'flowId' | 'labels' | 'stateType' | 'runCount'> {
  readonly stateDetails: StateDetails | null
}

/** What makes two task runs one, in a flow run or outside of all. */
export type TaskRunKey = Pick<TaskRunRecord, 'flowRunId' | 'taskKey' | 'dynamicKey'>

/** A process that has connected to serve tasks in the background; one for each of its connections. */
export interface TaskWorkerRecord {
  readonly id: string
  readonly workspaceId: string
  /** As it calls itself: host and process. */
  readonly identifier: string
  readonly taskKeys: readonly string[]
  readonly connectedAt: Instant
  readonly lastSeenAt: Instant
}

/** A completed state that others of the same key may take over, until its expiration. */
export interface CachedResultRecord {
  readonly id: string
  readonly workspaceId: string
  readonly cacheKey: string
  readonly expiration: Instant | null
  readonly taskRunStateId: string
}

export interface CachedResult {
  readonly expiration: Instant | null
  readonly state: TaskRunStateRecord
}
