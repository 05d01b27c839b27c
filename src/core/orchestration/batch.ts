import type { BatchModel } from '../../kernel/batcher.ts'
import { notFound } from '../../kernel/errors.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import { emptyTail, type LogLine, type Tail } from '../../kernel/storage.ts'
import type { StateRecord } from '../states/index.ts'
import type { FlowRecord, FlowRunFacts, FlowRunRecord } from './records.ts'

/** The bulk port in the domain's words: what a batch of commands may ask storage to load … */
export interface Reads {
  readonly flows?: readonly string[]
  readonly flowNames?: readonly { readonly workspaceId: string; readonly name: string }[]
  readonly flowRuns?: readonly string[]
  readonly idempotencyKeys?: readonly { readonly flowId: string; readonly key: string }[]
}

/** … what it gets … */
export interface Facts {
  readonly flows: readonly FlowRecord[]
  readonly flowRuns: readonly FlowRunFacts[]
  /** Runs that exist but are locked by somebody else's transaction: asked for, and left out of `flowRuns`. */
  readonly held: ReadonlySet<string>
}

/** … and what it may ask storage to write, in this order, before the tail. */
export interface Changes extends Tail {
  readonly newFlows: FlowRecord[]
  readonly newFlowRuns: Map<string, FlowRunRecord>
  readonly changedFlowRuns: Map<string, FlowRunRecord>
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
  insertFlow(flow: FlowRecord): void
  insertFlowRun(run: FlowRunRecord, flowName: string): void
  updateFlowRun(run: FlowRunRecord, state: StateRecord | null): void
  appendLogs(lines: readonly LogLine[]): void
  emit(event: EventDraft): void
}

export function openBatch(facts: Facts): Batch {
  const changes: Changes = { ...emptyTail(), newFlows: [], newFlowRuns: new Map(), changedFlowRuns: new Map(), newStates: [] }
  const flows = new Map(facts.flows.map(flow => [flow.id, flow]))
  const flowsByName = new Map(facts.flows.map(flow => [nameKey(flow.workspaceId, flow.name), flow]))
  const flowRuns = new Map(facts.flowRuns.map(found => [found.run.id, found]))
  const idsByKey = new Map(
    facts.flowRuns.flatMap(({ run }) => (run.idempotencyKey === null ? [] : [[nameKey(run.flowId, run.idempotencyKey), run.id] as const])),
  )
  let changeCount = 0

  const remember = (found: FlowRunFacts) => {
    flowRuns.set(found.run.id, found)
    if (found.run.idempotencyKey !== null) idsByKey.set(nameKey(found.run.flowId, found.run.idempotencyKey), found.run.id)
  }

  return {
    changes,
    get changeCount() {
      return changeCount
    },
    flow: (workspaceId, id) => inWorkspace(flows.get(id), workspaceId) ?? missing('Flow', id),
    flowByName: (workspaceId, name) => flowsByName.get(nameKey(workspaceId, name)),
    flowRun(workspaceId, id) {
      const found = flowRuns.get(id)
      return found && found.run.workspaceId === workspaceId ? found : missing('Flow run', id)
    },
    flowRunByKey(flowId, key) {
      const id = idsByKey.get(nameKey(flowId, key))
      return id === undefined ? undefined : flowRuns.get(id)
    },
    insertFlow(flow) {
      changeCount++
      flows.set(flow.id, flow)
      flowsByName.set(nameKey(flow.workspaceId, flow.name), flow)
      changes.newFlows.push(flow)
    },
    insertFlowRun(run, flowName) {
      changeCount++
      remember({ run, state: null, flowName })
      changes.newFlowRuns.set(run.id, run)
    },
    updateFlowRun(run, state) {
      changeCount++
      const known = flowRuns.get(run.id)!
      remember({ run, state: state ?? known.state, flowName: known.flowName })
      if (changes.newFlowRuns.has(run.id)) changes.newFlowRuns.set(run.id, run)
      else changes.changedFlowRuns.set(run.id, run)
      if (state) changes.newStates.push(state)
    },
    appendLogs(lines) {
      changeCount++
      changes.logs.push(...lines)
    },
    emit(event) {
      changeCount++
      changes.events.push(event)
    },
  }
}

export const batchModel: BatchModel<Reads, Facts, Batch> = {
  noReads: {},
  union: reads => ({
    flows: distinct(
      reads.flatMap(one => one.flows ?? []),
      id => id,
    ),
    flowNames: distinct(
      reads.flatMap(one => one.flowNames ?? []),
      ({ workspaceId, name }) => nameKey(workspaceId, name),
    ),
    flowRuns: distinct(
      reads.flatMap(one => one.flowRuns ?? []),
      id => id,
    ),
    idempotencyKeys: distinct(
      reads.flatMap(one => one.idempotencyKeys ?? []),
      ({ flowId, key }) => nameKey(flowId, key),
    ),
  }),
  open: openBatch,
  isHeld: (facts, reads) => facts.held.size > 0 && (reads.flowRuns ?? []).some(id => facts.held.has(id)),
}

const distinct = <T>(values: readonly T[], keyOf: (value: T) => string): T[] => [
  ...new Map(values.map(value => [keyOf(value), value])).values(),
]

const nameKey = (scope: string, name: string): string => `${scope} ${name}`

const inWorkspace = <T extends { readonly workspaceId: string }>(record: T | undefined, workspaceId: string): T | undefined =>
  record?.workspaceId === workspaceId ? record : undefined

function missing(noun: string, id: string): never {
  throw notFound(noun, id)
}
