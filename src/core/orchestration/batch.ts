import type { AuditEntry } from '../../kernel/audit.ts'
import type { BatchModel } from '../../kernel/batcher.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import type { LogLine, Tail } from '../../kernel/storage.ts'
import type { StateRecord } from '../states/index.ts'
import { nameKey, openBatch } from './open-batch.ts'
import type { FlowRecord, FlowRunFacts, FlowRunRecord } from './records.ts'

/** The bulk port in the domain's words: what a batch of commands may ask storage to load … */
export interface Reads {
  readonly flows?: readonly string[]
  readonly flowNames?: readonly { readonly workspaceId: string; readonly name: string }[]
  readonly flowRuns?: readonly string[]
  readonly idempotencyKeys?: readonly { readonly flowId: string; readonly key: string }[]
  /** Runs, of `flowRuns` too, whose log lines are to go. */
  readonly linesOfRuns?: readonly string[]
  /** Flows, of `flows` too, whose runs and their log lines are to go. */
  readonly contentsOfFlows?: readonly string[]
}

/** What a command that deletes gets to see, and hence may delete, of what hangs on a run or a flow: a batch stays short, whatever hangs there. */
export const atOnce = { lines: 1000, runs: 100 } as const

/** What hangs on a run or a flow, up to `atOnce` of each. */
export interface Contents {
  readonly runs: readonly string[]
  /** The places of log lines in their log. */
  readonly lines: readonly number[]
}

/** … what it gets … */
export interface Facts {
  readonly flows: readonly FlowRecord[]
  readonly flowRuns: readonly FlowRunFacts[]
  /** By the id of the run or flow. */
  readonly contents: ReadonlyMap<string, Contents>
  /** Runs that exist but are locked by somebody else's transaction: asked for, and left out of `flowRuns`; and flows whose contents are only looked at alone. */
  readonly held: ReadonlySet<string>
}

/** … and what it may ask storage to write, in this order, before the tail. */
export interface Changes extends Tail {
  readonly deletedLines: number[]
  /** Their states and inputs go with them. */
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
}

/** The facts of one batch with what its commands have written over them: later commands see earlier ones. */
export interface Batch {
  readonly changes: Changes
  readonly changeCount: number
  flow(workspaceId: string, id: string): FlowRecord
  flowByName(workspaceId: string, name: string): FlowRecord | undefined
  flowRun(workspaceId: string, id: string): FlowRunFacts
  flowRunByKey(flowId: string, key: string): FlowRunFacts | undefined
  contentsOf(id: string): Contents
  insertFlow(flow: FlowRecord): void
  insertFlowRun(run: FlowRunRecord, flowName: string): void
  editFlow(flow: FlowRecord): void
  deleteFlow(flow: FlowRecord): void
  updateFlowRun(run: FlowRunRecord, state: StateRecord | null): void
  editFlowRun(run: FlowRunRecord): void
  deleteFlowRun(id: string): void
  deleteLines(lines: readonly number[]): void
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
    linesOfRuns: idsOf(reads, 'linesOfRuns'),
    contentsOfFlows: idsOf(reads, 'contentsOfFlows'),
  }),
  open: openBatch,
  isHeld: (facts, { flowRuns = [], contentsOfFlows = [] }) =>
    facts.held.size > 0 && [...flowRuns, ...contentsOfFlows].some(id => facts.held.has(id)),
}

const idsOf = (reads: readonly Reads[], kind: 'flows' | 'flowRuns' | 'linesOfRuns' | 'contentsOfFlows'): string[] => [
  ...new Set(reads.flatMap(one => one[kind] ?? [])),
]

const distinct = <T>(values: readonly T[], keyOf: (value: T) => string): T[] => [
  ...new Map(values.map(value => [keyOf(value), value])).values(),
]
