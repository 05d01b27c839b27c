import type { Instant } from '../../kernel/clock.ts'
import type { FlowRunRecord, TaskRunRecord } from '../orchestration/index.ts'
import {
  type CountedRun,
  type CountedTaskRun,
  foldRollups,
  foldTaskRollups,
  rollupDeltas,
  rollupKey,
  taskRollupDeltas,
  taskRollupKey,
} from '../rollups/index.ts'
import { isTerminalType, type StateRecord, type TaskRunStateRecord } from '../states/index.ts'

/** A promise of the store, and what to call it: whatever happened to the server, it must hold for the database that is left. */
export interface Check<Evidence> {
  /** In a report: `run.version`. */
  readonly name: string
  readonly sentence: string
  /** What is wrong, each naming the row; nothing when the promise holds. Pure. */
  violations(evidence: Evidence): readonly string[]
}

export type CheckedRun = Pick<
  FlowRunRecord,
  | 'id'
  | 'workspaceId'
  | 'flowId'
  | 'parentTaskRunId'
  | 'tags'
  | 'stateId'
  | 'stateType'
  | 'stateName'
  | 'stateTimestamp'
  | 'version'
  | 'endTime'
  | 'sortTime'
>

export type CheckedState = Pick<StateRecord, 'id' | 'workspaceId' | 'flowRunId' | 'ordinal' | 'timestamp' | 'type' | 'name'>

export interface CheckedEvent {
  readonly seq: number
  readonly id: string
  readonly resourceId: string
  readonly event: string
  readonly occurred: Instant
}

/** One run with all that belongs to it: its states by ordinal, and the events of its workspace that bear their ids. */
export interface RunEvidence {
  readonly run: CheckedRun
  readonly states: readonly CheckedState[]
  readonly events: ReadonlyMap<string, CheckedEvent>
  /** Events received before that moment may have gone with age. */
  readonly eventsMissingBefore: Instant
  /** The workspace of its flow; undefined when there is no such flow. */
  readonly flowWorkspaceId: string | undefined
}

export const runChecks: readonly Check<RunEvidence>[] = [
  {
    name: 'run.version',
    sentence: 'The version of a run is the number of its states.',
    violations: ({ run, states }) => unless(run.version === states.length, `${run.id}: version ${run.version}, ${states.length} states`),
  },
  {
    name: 'state.ordinals',
    sentence: 'The states of a run are numbered from 1 without a gap.',
    violations: ({ run, states }) =>
      unless(
        states.every(({ ordinal }, index) => ordinal === index + 1),
        `${run.id}: ${states.map(({ ordinal }) => ordinal).join(', ')}`,
      ),
  },
  {
    name: 'run.state',
    sentence: 'A run shows the last of its states.',
    violations({ run, states }) {
      const last = states.at(-1)
      const shown = [run.stateId, run.stateType, run.stateName, run.stateTimestamp]
      const stored = [last?.id ?? null, last?.type ?? null, last?.name ?? null, last?.timestamp ?? null]
      return unless(
        shown.every((value, index) => value === stored[index]),
        `${run.id}: shows ${shown.join(' ')}, its last state is ${stored.join(' ')}`,
      )
    },
  },
  {
    name: 'state.timestamps',
    sentence: 'Each state of a run is later than the one before it.',
    violations: ({ states }) =>
      states.filter((state, index) => index > 0 && state.timestamp <= states[index - 1]!.timestamp).map(({ id }) => id),
  },
  {
    name: 'run.end-time',
    sentence: 'A run has an end exactly while it is in a terminal state.',
    violations({ run }) {
      const isTerminal = run.stateType !== null && isTerminalType(run.stateType)
      return unless(isTerminal === (run.endTime !== null), `${run.id}: ${run.stateType}, end ${run.endTime}`)
    },
  },
  {
    name: 'state.event',
    sentence: 'Each state has its one event, about its run and under its name, unless retention has taken it.',
    violations: ({ run, states, events, eventsMissingBefore }) =>
      states
        .filter(({ id, name, timestamp }) => {
          const event = events.get(id)
          if (!event && timestamp < eventsMissingBefore) return false
          return (
            event?.resourceId !== `prefect.flow-run.${run.id}` || event.event !== `prefect.flow-run.${name}` || event.occurred !== timestamp
          )
        })
        .map(({ id }) => id),
  },
  {
    name: 'event.order',
    sentence: 'The log tells the states of a run in their order.',
    violations({ states, events }) {
      const told = states.flatMap(({ id }) => events.get(id) ?? [])
      return told.filter(({ seq }, index) => index > 0 && seq <= told[index - 1]!.seq).map(({ id }) => id)
    },
  },
  {
    name: 'row.workspace',
    sentence: 'A run, its states and its flow are in one workspace.',
    violations: ({ run, states, flowWorkspaceId }) => [
      ...states.filter(({ workspaceId }) => workspaceId !== run.workspaceId).map(({ id }) => id),
      ...unless(flowWorkspaceId === run.workspaceId, `${run.id}: its flow ${run.flowId} is in ${flowWorkspaceId ?? 'no workspace'}`),
    ],
  },
]

export type CheckedTaskRun = Pick<
  TaskRunRecord,
  'id' | 'workspaceId' | 'flowRunId' | 'tags' | 'stateId' | 'stateType' | 'stateName' | 'stateTimestamp' | 'sortTime'
>

export type CheckedTaskRunState = Pick<TaskRunStateRecord, 'id' | 'workspaceId' | 'taskRunId' | 'timestamp' | 'type' | 'name'>

/** The same of a task run, whose states come in any order. */
export interface TaskRunEvidence extends Pick<RunEvidence, 'events' | 'eventsMissingBefore'> {
  readonly run: CheckedTaskRun
  readonly states: readonly CheckedTaskRunState[]
  /** The workspace of its flow run; its own when it is in none. */
  readonly flowRunWorkspaceId: string | undefined
}

export const taskRunChecks: readonly Check<TaskRunEvidence>[] = [
  {
    name: 'task-run.state',
    sentence: 'A task run shows the latest of its states.',
    violations({ run, states }) {
      const shown = states.find(({ id }) => id === run.stateId)
      const isShown =
        run.stateId === null
          ? states.length === 0
          : shown?.type === run.stateType && shown?.name === run.stateName && shown?.timestamp === run.stateTimestamp
      const later = states.filter(({ timestamp }) => timestamp > (run.stateTimestamp ?? 0))
      return unless(
        isShown && later.length === 0,
        `${run.id}: shows ${run.stateName} at ${run.stateTimestamp}, not the latest of its states`,
      )
    },
  },
  {
    name: 'task-state.event',
    sentence: 'Each state of a task run has the event that told of it, unless retention has taken that.',
    violations: ({ states, events, eventsMissingBefore }) =>
      states
        .filter(({ id, timestamp }) => {
          const event = events.get(id)
          return event ? !event.event.startsWith('prefect.task-run') || event.occurred !== timestamp : timestamp >= eventsMissingBefore
        })
        .map(({ id }) => id),
  },
  {
    name: 'task-run.workspace',
    sentence: 'A task run, its states and its flow run are in one workspace.',
    violations: ({ run, states, flowRunWorkspaceId }) => [
      ...states.filter(({ workspaceId }) => workspaceId !== run.workspaceId).map(({ id }) => id),
      ...unless(
        flowRunWorkspaceId === run.workspaceId,
        `${run.id}: its flow run ${run.flowRunId} is in ${flowRunWorkspaceId ?? 'no workspace'}`,
      ),
    ],
  },
]

/** Counts again what roll-ups count, and tells how what they say differs. */
export interface Recount<Counted, Row> {
  add(counted: Counted): void
  /** What is wrong with a row; each is asked about once. */
  violations(row: Row): readonly string[]
  /** What nobody has asked about. */
  readonly missing: readonly string[]
}

export const recountOfRuns = () => recountOf((run: CountedRun) => foldRollups(rollupDeltas(null, run)), rollupKey)
export const recountOfTaskRuns = () => recountOf((run: CountedTaskRun) => foldTaskRollups(taskRollupDeltas(null, run)), taskRollupKey)

function recountOf<Counted, Row extends { readonly count: number }>(
  rowsOf: (counted: Counted) => readonly Row[],
  keyOf: (row: Row) => string,
): Recount<Counted, Row> {
  const counted = new Map<string, number>()
  return {
    add(one) {
      for (const row of rowsOf(one)) counted.set(keyOf(row), (counted.get(keyOf(row)) ?? 0) + row.count)
    },
    violations(row) {
      const key = keyOf(row)
      const count = counted.get(key) ?? 0
      counted.delete(key)
      return unless(row.count === count, `${key}: says ${row.count}, there are ${count}`)
    },
    get missing() {
      return [...counted].map(([key, count]) => `${key}: says nothing, there are ${count}`)
    },
  }
}

const unless = (holds: boolean, violation: string): readonly string[] => (holds ? [] : [violation])
