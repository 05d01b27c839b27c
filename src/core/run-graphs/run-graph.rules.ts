import type { Instant } from '../../kernel/clock.ts'
import type { FlowRunRecord, TaskRunRecord } from '../orchestration/index.ts'
import type { StateType, TaskRunStateRecord } from '../states/index.ts'

/** One stretch of running, and the state that ended it. */
export interface Attempt {
  readonly start: Instant
  /** Null while it runs. */
  readonly end: Instant | null
  readonly endType: StateType | null
  readonly endName: string | null
}

export type GraphTaskRun = Pick<
  TaskRunRecord,
  | 'id'
  | 'name'
  | 'taskKey'
  | 'stateType'
  | 'stateName'
  | 'stateTimestamp'
  | 'runCount'
  | 'expectedStartTime'
  | 'startTime'
  | 'endTime'
  | 'totalRunTime'
  | 'taskInputs'
>
export type GraphState = Pick<TaskRunStateRecord, 'taskRunId' | 'type' | 'name' | 'timestamp'>
export type GraphSubflow = Pick<FlowRunRecord, 'id' | 'name' | 'parentTaskRunId' | 'stateType' | 'startTime' | 'endTime'>

/** A task run as it stands in its flow run; with a subflow, when it stands for one. */
export interface GraphNode {
  readonly run: GraphTaskRun
  readonly subflow: GraphSubflow | null
  /** Task runs of the same flow run whose results it takes or whose end it waited for. */
  readonly parents: readonly string[]
  /** Task runs of the same flow run inside which it was called. */
  readonly encapsulating: readonly string[]
  /** Oldest first. */
  readonly attempts: readonly Attempt[]
}

/** What the SDK calls the tasks around a task, among the names of its arguments. */
const AROUND = '__parents__'

/** Nodes in the order of the task runs given. What an input names that is neither among them nor elsewhere in their flow run is left out. */
export function graphOf(
  runs: readonly GraphTaskRun[],
  states: readonly GraphState[],
  subflows: readonly GraphSubflow[],
  /** Task runs of the flow run that are not given here, by their own ids and by those of the subflows they stand for. */
  elsewhere: ReadonlyMap<string, string> = new Map(),
): GraphNode[] {
  const statesByRun = Map.groupBy(states, ({ taskRunId }) => taskRunId)
  const subflowByRun = new Map(subflows.map(subflow => [subflow.parentTaskRunId, subflow]))
  const known = new Map([...elsewhere, ...runs.map(({ id }) => [id, id] as const)])
  for (const { id, parentTaskRunId } of subflows) if (parentTaskRunId && known.has(parentTaskRunId)) known.set(id, parentTaskRunId)

  const inGraph = (id: string, named: readonly string[]): string[] =>
    [...new Set(named.flatMap(other => known.get(other) ?? []))].filter(other => other !== id)
  return runs.map(run => {
    const { parents, around } = namedBy(run.taskInputs)
    const encapsulating = inGraph(run.id, around)
    return {
      run,
      subflow: subflowByRun.get(run.id) ?? null,
      parents: inGraph(run.id, parents).filter(id => !encapsulating.includes(id)),
      encapsulating,
      attempts: attemptsOf(statesByRun.get(run.id) ?? []),
    }
  })
}

/** The runs that the inputs of a task run name: task runs, and subflows by their own ids. */
export function namedBy(taskInputs: TaskRunRecord['taskInputs']): {
  readonly parents: readonly string[]
  readonly around: readonly string[]
} {
  const { [AROUND]: around, ...inputs } = (taskInputs ?? {}) as Record<string, unknown>
  const idsOf = (values: readonly unknown[]) => [...new Set(values.flatMap(listed).flatMap(input => idOf(input) ?? []))]
  return { parents: idsOf(Object.values(inputs)), around: idsOf([around]) }
}

/** Of states, oldest first. One that runs again without having ended begins no new attempt. */
export function attemptsOf(states: readonly Omit<GraphState, 'taskRunId'>[]): Attempt[] {
  const attempts: Attempt[] = []
  for (const { type, name, timestamp } of states) {
    const last = attempts.at(-1)
    const isOpen = last !== undefined && last.end === null
    if (type === 'RUNNING' && !isOpen) attempts.push({ start: timestamp, end: null, endType: null, endName: null })
    if (type !== 'RUNNING' && isOpen) attempts[attempts.length - 1] = { ...last, end: timestamp, endType: type, endName: name }
  }
  return attempts
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const idOf = (input: unknown): string | undefined => {
  const { input_type: kind, id } = (input ?? {}) as { input_type?: unknown; id?: unknown }
  return (kind === 'task_run' || kind === 'flow_run') && typeof id === 'string' ? id : undefined
}
