import type { FlowRunTasksChangedSubscription, RunTaskFragment } from '../../generated/graphql.ts'
import { isFinal, type StateType } from '../../parts/states.ts'
import { formatCount, plural } from '../../parts/words.ts'

export type RunTask = RunTaskFragment
type Attempt = RunTask['attempts'][number]
export type TaskChange = FlowRunTasksChangedSubscription['taskRunStateChanged']['changes'][number]

/** The task runs of a run, in the order in which they were expected, kept true by their transitions. */
export const createTasks = () => {
  let tasks = new Map<string, RunTask>()
  /** By the subflow that they stand for. */
  let standing = new Map<string, string>()

  return {
    reset(read: readonly RunTask[]) {
      tasks = new Map(read.map(task => [task.id, task]))
      standing = new Map(read.flatMap(({ id, subflowRunId }) => (subflowRunId ? [[subflowRunId, id] as const] : [])))
    },
    /** Answers false for a state that came later than one behind it: only a new reading tells where it belongs. */
    apply({ taskRun: { parentIds, subflowRun, ...run }, state }: TaskChange): boolean {
      const known = tasks.get(run.id)
      const isLate = known?.stateTimestamp != null && state.timestamp < known.stateTimestamp
      if (subflowRun) standing.set(subflowRun.id, run.id)
      tasks.set(run.id, {
        ...run,
        name: subflowRun?.name ?? run.name,
        subflowRunId: subflowRun?.id ?? null,
        parents: parentIds.map(id => standing.get(id) ?? id).filter(id => tasks.has(id)),
        attempts: isLate ? known.attempts : withState(known?.attempts ?? [], state),
      })
      return !isLate
    },
    read: (): readonly RunTask[] => [...tasks.values()],
    nameOf: (id: string): string | undefined => tasks.get(id)?.name,
  }
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

/** "8 tasks: 5 completed, 1 failed". */
export const tasksInWords = (tasks: readonly Pick<RunTask, 'stateType'>[]): string => {
  const counted = words
    .map(([type, word]) => ({ word, count: tasks.filter(({ stateType }) => stateType === type).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${formatCount(count)} ${word}`)
  return [plural(tasks.length, 'task'), counted.join(', ')].filter(Boolean).join(': ')
}

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
