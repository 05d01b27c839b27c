import type { AuditEntry } from '../../kernel/audit.ts'
import type { BatchModel } from '../../kernel/batcher.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import type { LogLine, Tail } from '../../kernel/storage.ts'
import type { CountedRun, CountedTaskRun } from '../rollups/index.ts'
import type { StateRecord, TaskRunStateRecord } from '../states/index.ts'
import { nameKey, openBatch } from './open-batch.ts'
import { cacheKeyOf, taskRunKey } from './open-task-runs.ts'
import type {
  CachedResult,
  CachedResultRecord,
  EnclosingRun,
  FlowRecord,
  FlowRunFacts,
  FlowRunRecord,
  TaskRunFacts,
  TaskRunKey,
  TaskRunRecord,
  TaskWorkerRecord,
} from './records.ts'

/** The bulk port in the domain's words: what a batch of commands may ask storage to load … */
export interface Reads {
  readonly flows?: readonly string[]
  readonly flowNames?: readonly { readonly workspaceId: string; readonly name: string }[]
  readonly flowRuns?: readonly string[]
  readonly idempotencyKeys?: readonly { readonly flowId: string; readonly key: string }[]
  /** Those that stand for one of `flowRuns` in its parent are loaded unasked. */
  readonly taskRuns?: readonly string[]
  readonly taskRunKeys?: readonly TaskRunKey[]
  /** Flow runs that task runs are in: to be known and kept from being deleted, not to be changed. */
  readonly enclosingRuns?: readonly string[]
  /** Task runs whose flow runs are to be known in the same way. */
  readonly flowRunsOfTasks?: readonly string[]
  readonly cacheKeys?: readonly { readonly workspaceId: string; readonly key: string }[]
  /** One for each task run that a task worker is to be given: the first of these tasks that may be claimed are loaded, as many as are asked for and one more. */
  readonly offers?: readonly { readonly workspaceId: string; readonly taskKeys: readonly string[] }[]
  /** Task workers whose claimed task runs are to be known. */
  readonly claimants?: readonly { readonly workspaceId: string; readonly identifier: string }[]
  /** Runs, of `flowRuns` too, whose log lines and task runs are to go. */
  readonly linesOfRuns?: readonly string[]
  /** Flows, of `flows` too, whose runs with their log lines and task runs are to go. */
  readonly contentsOfFlows?: readonly string[]
  /** What is old enough to go. Of several, the latest moment of each kind counts. */
  readonly expired?: readonly Expiry[]
}

/** Before which moment something is too old to be kept; null keeps all of it. */
export interface Expiry {
  /** Of runs: the end. */
  readonly runs: Instant | null
  /** Of events: the receipt. */
  readonly events: Instant | null
  /** Of log lines: the receipt, which their ids tell. */
  readonly lines: Instant | null
}

/** What a command that deletes gets to see, and hence may delete, of what hangs on a run or a flow: a batch stays short, whatever hangs there. */
export const atOnce = { lines: 1000, runs: 100, taskRuns: 250 } as const

/** How many results under one key are looked at for one that has not expired. */
export const cachedAtOnce = 10

/** The same for what goes with age: nobody waits for that, so it goes in smaller bites. */
export const expiredAtOnce = { runs: 25, lines: 400, taskRuns: 100, entries: 400 } as const

/** A run that may be deleted without being loaded whole. */
export type DeletedRun = CountedRun & Pick<FlowRunRecord, 'id' | 'endTime'>

/** A task run that may be deleted without being loaded whole. */
export type DeletedTaskRun = CountedTaskRun & Pick<TaskRunRecord, 'id' | 'endTime'>

/** The oldest entries of the logs, whatever their age, and runs that ended too long ago with the places of their log lines and their task runs: up to `expiredAtOnce` of each. */
export interface Expired {
  readonly runs: readonly DeletedRun[]
  readonly linesOfRuns: readonly number[]
  readonly tasksOfRuns: readonly DeletedTaskRun[]
  /** Task runs of no flow run that ended too long ago. */
  readonly backgroundTasks: readonly DeletedTaskRun[]
  /** One more than may go: the last one stays. */
  readonly lines: readonly { readonly seq: number; readonly id: string }[]
  readonly events: readonly { readonly seq: number; readonly received: Instant }[]
  /** The place in the event log up to which all durable followers have read; infinity where there are none. */
  readonly readByAll: number
}

/** What hangs on a run or a flow, up to `atOnce` of each. */
export interface Contents {
  readonly runs: readonly DeletedRun[]
  /** The places of log lines in their log. */
  readonly lines: readonly number[]
  readonly taskRuns: readonly DeletedTaskRun[]
}

/** … what it gets … */
export interface Facts {
  readonly flows: readonly FlowRecord[]
  readonly flowRuns: readonly FlowRunFacts[]
  readonly taskRuns: readonly TaskRunFacts[]
  readonly enclosingRuns: readonly EnclosingRun[]
  /** By `cacheKeyOf`, newest first, up to `cachedAtOnce` of each. */
  readonly cachedResults: ReadonlyMap<string, readonly CachedResult[]>
  /** By the id of the run or flow. */
  readonly contents: ReadonlyMap<string, Contents>
  readonly expired: Expired
  /** Runs that exist but are locked by somebody else's transaction: asked for, and left out of `flowRuns`; and flows whose contents are only looked at alone. */
  readonly held: ReadonlySet<string>
}

/** … and what it may ask storage to write, in this order, before the tail. */
export interface Changes extends Tail {
  readonly deletedLines: number[]
  readonly deletedEvents: number[]
  /** Their states, inputs, artifacts and task runs go with them. */
  readonly deletedFlowRuns: Set<string>
  /** Their deployments go with them. */
  readonly deletedFlows: Set<string>
  readonly newFlows: Map<string, FlowRecord>
  readonly editedFlows: Map<string, FlowRecord>
  readonly newFlowRuns: Map<string, FlowRunRecord>
  /** Runs that entered a state: only what states change is written. */
  readonly changedFlowRuns: Map<string, FlowRunRecord>
  /** Runs somebody edited: only what can be edited is written. */
  readonly editedFlowRuns: Map<string, FlowRunRecord>
  readonly newStates: StateRecord[]
  /** Their states and artifacts go with them. */
  readonly deletedTaskRuns: Set<string>
  readonly newTaskRuns: Map<string, TaskRunRecord>
  /** Whole: who changes one has it alone. */
  readonly changedTaskRuns: Map<string, TaskRunRecord>
  /** One that is there already, by its id, stays as it is. */
  readonly newTaskRunStates: TaskRunStateRecord[]
  readonly newCachedResults: CachedResultRecord[]
  /** Of one that is there already, only that it was seen is written. */
  readonly seenTaskWorkers: Map<string, TaskWorkerRecord>
  readonly goneTaskWorkers: Set<string>
  /** Task workers last seen before any of these moments go too. */
  readonly goneSince: Instant[]
}

export interface TaskRunBatch {
  taskRun(workspaceId: string, id: string): TaskRunFacts
  /** Of any workspace: ids of task runs are their clients' choice. */
  taskRunIfThere(id: string): TaskRunFacts | undefined
  taskRunByKey(key: TaskRunKey): TaskRunFacts | undefined
  enclosingRun(workspaceId: string, id: string): EnclosingRun | undefined
  cachedResults(workspaceId: string, key: string): readonly CachedResult[]
  /** Task runs that may be claimed, now or later, the earliest first. */
  offersOf(workspaceId: string, taskKeys: readonly string[]): readonly TaskRunFacts[]
  claimsOf(workspaceId: string, identifier: string): readonly TaskRunRecord[]
  insertTaskRun(run: TaskRunRecord): void
  enterTaskRunState(run: TaskRunRecord, state: TaskRunStateRecord): void
  /** A state that came late: its run is in another by now. */
  keepTaskRunState(state: TaskRunStateRecord): void
  editTaskRun(run: TaskRunRecord): void
  deleteTaskRun(run: DeletedTaskRun): void
  lendResult(result: CachedResultRecord, state: TaskRunStateRecord): void
  seeTaskWorker(worker: TaskWorkerRecord): void
  forgetTaskWorker(id: string): void
  forgetTaskWorkersSeenBefore(moment: Instant): void
}

/** The facts of one batch with what its commands have written over them: later commands see earlier ones. */
export interface Batch extends TaskRunBatch {
  readonly changes: Changes
  readonly changeCount: number
  flow(workspaceId: string, id: string): FlowRecord
  flowByName(workspaceId: string, name: string): FlowRecord | undefined
  flowRun(workspaceId: string, id: string): FlowRunFacts
  flowRunByKey(flowId: string, key: string): FlowRunFacts | undefined
  contentsOf(id: string): Contents
  /** As loaded, but the runs as they are now, without those that earlier commands have deleted. */
  readonly expired: Expired
  insertFlow(flow: FlowRecord): void
  insertFlowRun(run: FlowRunRecord, flowName: string): void
  editFlow(flow: FlowRecord): void
  deleteFlow(flow: FlowRecord): void
  updateFlowRun(run: FlowRunRecord, state: StateRecord | null): void
  editFlowRun(run: FlowRunRecord): void
  deleteFlowRun(run: DeletedRun): void
  deleteLines(lines: readonly number[]): void
  deleteEvents(events: readonly number[]): void
  appendLogs(lines: readonly LogLine[]): void
  emit(event: EventDraft): void
  audit(entry: AuditEntry): void
}

export const batchModel: BatchModel<Reads, Facts, Batch> = {
  noReads: {},
  union: reads => ({
    flows: idsOf(reads, 'flows'),
    flowNames: distinct(
      reads.flatMap(one => one.flowNames ?? []),
      ({ workspaceId, name }) => nameKey(workspaceId, name),
    ),
    flowRuns: idsOf(reads, 'flowRuns'),
    idempotencyKeys: distinct(
      reads.flatMap(one => one.idempotencyKeys ?? []),
      ({ flowId, key }) => nameKey(flowId, key),
    ),
    taskRuns: idsOf(reads, 'taskRuns'),
    taskRunKeys: distinct(
      reads.flatMap(one => one.taskRunKeys ?? []),
      taskRunKey,
    ),
    enclosingRuns: idsOf(reads, 'enclosingRuns'),
    flowRunsOfTasks: idsOf(reads, 'flowRunsOfTasks'),
    cacheKeys: distinct(
      reads.flatMap(one => one.cacheKeys ?? []),
      ({ workspaceId, key }) => cacheKeyOf(workspaceId, key),
    ),
    offers: reads.flatMap(one => one.offers ?? []),
    claimants: reads.flatMap(one => one.claimants ?? []),
    linesOfRuns: idsOf(reads, 'linesOfRuns'),
    contentsOfFlows: idsOf(reads, 'contentsOfFlows'),
    expired: latestOf(reads.flatMap(one => one.expired ?? [])),
  }),
  open: openBatch,
  isHeld: (facts, { flowRuns = [], contentsOfFlows = [] }) =>
    facts.held.size > 0 && [...flowRuns, ...contentsOfFlows].some(id => facts.held.has(id)),
}

type IdKind = 'flows' | 'flowRuns' | 'taskRuns' | 'enclosingRuns' | 'flowRunsOfTasks' | 'linesOfRuns' | 'contentsOfFlows'

const idsOf = (reads: readonly Reads[], kind: IdKind): string[] => [...new Set(reads.flatMap(one => one[kind] ?? []))]

const latestOf = (asked: readonly Expiry[]): Expiry[] => {
  const latest = (kind: keyof Expiry) => asked.reduce<Instant | null>((found, one) => later(found, one[kind]), null)
  return asked.length < 2 ? [...asked] : [{ runs: latest('runs'), events: latest('events'), lines: latest('lines') }]
}

const later = (a: Instant | null, b: Instant | null): Instant | null => (a === null || b === null ? (a ?? b) : Math.max(a, b))

const distinct = <T>(values: readonly T[], keyOf: (value: T) => string): T[] => [
  ...new Map(values.map(value => [keyOf(value), value])).values(),
]
