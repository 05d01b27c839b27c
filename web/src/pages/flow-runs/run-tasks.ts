import type { FlowRunTasksChangedSubscription, RunTaskFragment } from '../../generated/graphql.ts'
import { compareText } from '../../live/text-order.ts'
import { isFinal, type StateType } from '../../parts/states.ts'
import { formatCount, plural } from '../../parts/words.ts'

export type RunTask = RunTaskFragment
type Attempt = RunTask['attempts'][number]
export type TaskChange = FlowRunTasksChangedSubscription['taskRunStateChanged']['changes'][number]

/** What a table shows of a task run. */
export type TaskRow = Pick<
  RunTask,
  'id' | 'name' | 'subflowRunId' | 'stateType' | 'stateName' | 'stateTimestamp' | 'runCount' | 'startTime' | 'endTime' | 'totalRunTime'
>

/** The task runs of a run, in the order in which they were expected, kept true by their transitions. Of a large run those that were read so far. */
export const createTasks = () => {
  let tasks = new Map<string, RunTask>()
  /** By the subflow that they stand for. */
  let standing = new Map<string, string>()
  let isWhole = true
  /** Of those that are not read yet, what has changed since. */
  let beyond = new Map<string, RunTask>()
  /** What has changed of them while the next ones are being read: the reading may know it, or not. */
  let meanwhile: TaskChange[] | undefined

  const take = (read: readonly RunTask[]) => {
    for (const task of read) {
      tasks.set(task.id, task)
      if (task.subflowRunId) standing.set(task.subflowRunId, task.id)
    }
  }
  const find = (id: string): RunTask | undefined => tasks.get(id) ?? beyond.get(id)

  /** Answers false for a state that came later than one behind it, where only a new reading tells where it belongs. */
  const apply = (change: TaskChange): boolean => {
    const { taskRun, state } = change
    const { parentIds, subflowRun, ...run } = taskRun
    if (!tasks.has(run.id)) meanwhile?.push(change)
    const known = find(run.id)
    const isLate = known?.stateTimestamp != null && state.timestamp < known.stateTimestamp
    if (subflowRun) standing.set(subflowRun.id, run.id)
    const place = isWhole || tasks.has(run.id) ? tasks : beyond
    if (!isLate)
      place.set(run.id, {
        ...run,
        name: subflowRun?.name ?? run.name,
        subflowRunId: subflowRun?.id ?? null,
        parents: parentIds.map(id => standing.get(id) ?? id).filter(id => !isWhole || tasks.has(id)),
        attempts: withState(known?.attempts ?? [], state),
      })
    return !isLate || place === beyond || isAccountedFor(known.attempts, state)
  }

  return {
    apply,
    reset(read: readonly RunTask[], hasAll = true) {
      tasks = new Map()
      standing = new Map()
      beyond = new Map()
      meanwhile = undefined
      isWhole = hasAll
      take(read)
    },
    /** The next ones are about to be asked for: what changes from here on is kept until they are there. */
    awaitMore() {
      meanwhile = []
    },
    /** Those behind the ones that were read, with what changed meanwhile. Answers as `apply` does. */
    append(read: readonly RunTask[], hasAll: boolean): boolean {
      const changes = meanwhile ?? []
      meanwhile = undefined
      isWhole = hasAll
      take(read)
      const isInOrder = changes.filter(({ taskRun }) => tasks.has(taskRun.id)).every(apply)
      if (hasAll) take([...beyond.values()].filter(({ id }) => !tasks.has(id)))
      for (const { id } of read) beyond.delete(id)
      return isInOrder
    },
    /** A parent that is not read yet is left out. */
    read(): readonly RunTask[] {
      const all = [...tasks.values()]
      if (isWhole) return all
      return all.map(task =>
        task.parents.every(id => tasks.has(id)) ? task : { ...task, parents: task.parents.filter(id => tasks.has(id)) },
      )
    },
    find,
    nameOf: (id: string): string | undefined => find(id)?.name,
  }
}

/** Whether the attempts are those that they would be if they had been told of this state. */
const isAccountedFor = (attempts: readonly Attempt[], { type, timestamp }: Entered): boolean => {
  const within = (start: string, end: string | null | undefined) => start <= timestamp && (end == null || timestamp < end)
  return attempts.some(({ start, end }) => within(start, end) && (type === 'RUNNING' || start !== timestamp)) === (type === 'RUNNING')
}

interface Entered {
  type: StateType
  name: string
  timestamp: string
}

/** A stretch of running begins with a state that runs, and ends with one that does not. */
export const withState = (attempts: readonly Attempt[], { type, name, timestamp }: Entered): Attempt[] => {
  const last = attempts.at(-1)
  const isOpen = last !== undefined && last.end == null
  if (type === 'RUNNING') return isOpen ? [...attempts] : [...attempts, { start: timestamp, end: null, endType: null, endName: null }]
  return isOpen ? attempts.with(-1, { ...last, end: timestamp, endType: type, endName: name }) : [...attempts]
}

export const attemptsOf = (states: readonly Entered[]): Attempt[] => states.reduce<Attempt[]>(withState, [])

const words: [StateType, string][] = [
  ['COMPLETED', 'completed'],
  ['FAILED', 'failed'],
  ['CRASHED', 'crashed'],
  ['RUNNING', 'running'],
]

export type StateCounts = readonly { type: StateType; count: number }[]

export const countStates = (tasks: readonly Pick<RunTask, 'stateType'>[]): StateCounts =>
  [...Map.groupBy(tasks, ({ stateType }) => stateType)].flatMap(([type, some]) => (type ? [{ type, count: some.length }] : []))

/** "8 tasks: 5 completed, 1 failed". */
export const tasksInWords = (total: number, counts: StateCounts): string => {
  const counted = words
    .map(([type, word]) => ({ word, count: counts.find(one => one.type === type)?.count ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${formatCount(count)} ${word}`)
  return [plural(total, 'task'), counted.join(', ')].filter(Boolean).join(': ')
}

/** The one that failed first, and how many others did. */
export const failedTaskOf = (tasks: readonly RunTask[], counts: StateCounts): { first: RunTask; others: number } | undefined => {
  const failed = tasks.filter(({ stateType }) => stateType === 'FAILED' || stateType === 'CRASHED')
  const [first] = failed.toSorted((left, right) => compareText(left.endTime ?? '', right.endTime ?? ''))
  const all = counts.filter(({ type }) => type === 'FAILED' || type === 'CRASHED').reduce((sum, { count }) => sum + count, 0)
  return first && { first, others: all - 1 }
}

export const timesInWords = (times: number): string => (times < 2 ? '' : times === 2 ? ' twice' : ` ${formatCount(times)} times`)

/** What is worth a word beside its name. */
export const noteOf = ({ attempts, stateName, subflowRunId }: RunTask): string | undefined => {
  if (attempts.length > 1) return `${attempts.length} attempts`
  if (stateName === 'Cached') return 'cached'
  return subflowRunId ? 'subflow' : undefined
}

/** `isOver` tells that the run has ended: what has not started never will. */
export const whyNeverRan = (task: RunTask, byId: ReadonlyMap<string, RunTask>, isOver: boolean): string => {
  if (isFinal(task.stateType)) return task.stateType === 'COMPLETED' ? 'nothing to run' : 'never ran'
  const waitsFor = task.parents.flatMap(id => byId.get(id) ?? []).filter(({ stateType }) => !isFinal(stateType))
  const names = waitsFor.slice(0, 2).map(({ name }) => name)
  const more = waitsFor.length > names.length ? ` and ${waitsFor.length - names.length} more` : ''
  if (isOver) return 'never started'
  return names.length > 0 ? `waits for ${names.join(', ')}${more}` : 'not started yet'
}
