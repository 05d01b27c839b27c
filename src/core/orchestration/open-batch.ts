import { notFound } from '../../kernel/errors.ts'
import { emptyTail } from '../../kernel/storage.ts'
import { type CountedRun, rollupDeltas } from '../rollups/index.ts'
import type { Batch, Changes, Contents, Facts } from './batch.ts'
import { openTaskRuns, removeWhere } from './open-task-runs.ts'
import type { FlowRecord, FlowRunFacts } from './records.ts'

const nothing: Contents = { runs: [], lines: [], taskRuns: [] }

export function openBatch(facts: Facts): Batch {
  const changes = noChanges()
  const flows = new Map(facts.flows.map(flow => [flow.id, flow]))
  const flowsByName = new Map(facts.flows.map(flow => [nameKey(flow.workspaceId, flow.name), flow]))
  const flowRuns = new Map(facts.flowRuns.map(found => [found.run.id, found]))
  const idsByKey = new Map(
    facts.flowRuns.flatMap(({ run }) => (run.idempotencyKey === null ? [] : [[nameKey(run.flowId, run.idempotencyKey), run.id] as const])),
  )
  let changeCount = 0

  const rememberFlow = (flow: FlowRecord) => {
    flows.set(flow.id, flow)
    flowsByName.set(nameKey(flow.workspaceId, flow.name), flow)
  }
  const remember = (found: FlowRunFacts) => {
    flowRuns.set(found.run.id, found)
    if (found.run.idempotencyKey !== null) idsByKey.set(nameKey(found.run.flowId, found.run.idempotencyKey), found.run.id)
  }
  const count = (before: CountedRun | null, after: CountedRun | null) => void changes.rollups.push(...rollupDeltas(before, after))
  /** Later commands do not find the run, and what earlier ones were about to write of it is not written. */
  const forgetRun = (id: string) => {
    flowRuns.delete(id)
    for (const runs of [changes.newFlowRuns, changes.changedFlowRuns, changes.editedFlowRuns]) runs.delete(id)
    removeWhere(changes.newStates, state => state.flowRunId === id)
    forgetTasksOf(id)
  }
  const { forgetTasksOf, ...taskRuns } = openTaskRuns(facts, changes, {
    flowRunNow: id => flowRuns.get(id),
    isDeleted: ({ id, flowId }) => changes.deletedFlowRuns.has(id) || changes.deletedFlows.has(flowId),
    countChange: () => void changeCount++,
  })

  return {
    ...taskRuns,
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
    contentsOf: id => facts.contents.get(id) ?? nothing,
    get expired() {
      const there = facts.expired.runs.filter(({ id }) => !changes.deletedFlowRuns.has(id))
      const tasks = facts.expired.backgroundTasks.filter(({ id }) => !changes.deletedTaskRuns.has(id))
      return {
        ...facts.expired,
        runs: there.map(run => flowRuns.get(run.id)?.run ?? run),
        backgroundTasks: tasks.map(task => taskRuns.taskRunIfThere(task.id)?.run ?? task),
      }
    },
    insertFlow(flow) {
      changeCount++
      rememberFlow(flow)
      changes.newFlows.set(flow.id, flow)
    },
    editFlow(flow) {
      changeCount++
      rememberFlow(flow)
      const isNew = changes.newFlows.has(flow.id)
      ;(isNew ? changes.newFlows : changes.editedFlows).set(flow.id, flow)
    },
    deleteFlow({ id, workspaceId, name }) {
      changeCount++
      flows.delete(id)
      flowsByName.delete(nameKey(workspaceId, name))
      for (const { run } of [...flowRuns.values()]) {
        if (run.flowId !== id) continue
        count(run, null)
        forgetRun(run.id)
      }
      changes.editedFlows.delete(id)
      if (!changes.newFlows.delete(id)) changes.deletedFlows.add(id)
    },
    insertFlowRun(run, flowName) {
      changeCount++
      count(null, run)
      remember({ run, state: null, flowName })
      changes.newFlowRuns.set(run.id, run)
    },
    updateFlowRun(run, state) {
      changeCount++
      const known = flowRuns.get(run.id)!
      count(known.run, run)
      remember({ run, state: state ?? known.state, flowName: known.flowName })
      if (changes.newFlowRuns.has(run.id)) changes.newFlowRuns.set(run.id, run)
      else changes.changedFlowRuns.set(run.id, run)
      if (changes.editedFlowRuns.has(run.id)) changes.editedFlowRuns.set(run.id, run)
      if (state) changes.newStates.push(state)
    },
    editFlowRun(run) {
      changeCount++
      const known = flowRuns.get(run.id)!
      count(known.run, run)
      remember({ ...known, run })
      if (changes.newFlowRuns.has(run.id)) changes.newFlowRuns.set(run.id, run)
      else changes.editedFlowRuns.set(run.id, run)
      if (changes.changedFlowRuns.has(run.id)) changes.changedFlowRuns.set(run.id, run)
    },
    deleteFlowRun(run) {
      changeCount++
      const { id } = run
      if (changes.deletedFlowRuns.has(id)) return
      count(flowRuns.get(id)?.run ?? run, null)
      const isNew = changes.newFlowRuns.has(id)
      forgetRun(id)
      if (!isNew) changes.deletedFlowRuns.add(id)
    },
    deleteLines(lines) {
      changeCount++
      changes.deletedLines.push(...lines)
    },
    deleteEvents(events) {
      changeCount++
      changes.deletedEvents.push(...events)
    },
    appendLogs(lines) {
      changeCount++
      changes.logs.push(...lines)
    },
    emit(event) {
      changeCount++
      changes.events.push(event)
    },
    audit(entry) {
      changeCount++
      changes.audits.push(entry)
    },
  }
}

const noChanges = (): Changes => ({
  ...emptyTail(),
  deletedLines: [],
  deletedEvents: [],
  deletedFlowRuns: new Set(),
  deletedFlows: new Set(),
  newFlows: new Map(),
  editedFlows: new Map(),
  newFlowRuns: new Map(),
  changedFlowRuns: new Map(),
  editedFlowRuns: new Map(),
  newStates: [],
  deletedTaskRuns: new Set(),
  newTaskRuns: new Map(),
  changedTaskRuns: new Map(),
  newTaskRunStates: [],
  newCachedResults: [],
  seenTaskWorkers: new Map(),
  goneTaskWorkers: new Set(),
  goneSince: [],
})

export const nameKey = (scope: string, name: string): string => `${scope} ${name}`

const inWorkspace = <T extends { readonly workspaceId: string }>(record: T | undefined, workspaceId: string): T | undefined =>
  record?.workspaceId === workspaceId ? record : undefined

function missing(noun: string, id: string): never {
  throw notFound(noun, id)
}
