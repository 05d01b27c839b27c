import type { Stretch, TimelineRow } from '../../charts/timeline.ts'
import type { FlowRunFactsFragment } from '../../generated/graphql.ts'
import { linkTo } from '../../links.ts'
import { isFinal } from '../../parts/states.ts'
import { attemptsOf, noteOf, type RunTask, whyNeverRan } from './run-tasks.ts'

/** The run itself, above what happens in it. */
export const headOf = (run: FlowRunFactsFragment): TimelineRow => {
  const attempts = attemptsOf(run.states)
  return {
    id: run.id,
    name: run.name,
    href: linkTo.flowRun(run.id),
    type: run.stateType ?? undefined,
    stateName: run.stateName ?? undefined,
    note: attempts.length > 1 ? `${attempts.length} attempts` : undefined,
    stretches: stretchesOf(attempts),
    never: isFinal(run.stateType) ? 'never started' : 'not started yet',
    parents: [],
    seconds: run.totalRunTime,
  }
}

/** `isOver` tells that the run has ended: what has not started never will. */
export const rowsOf = (tasks: readonly RunTask[], isOver: boolean): TimelineRow[] => {
  const byId = new Map(tasks.map(task => [task.id, task]))
  return tasks.map(task => ({
    id: task.id,
    name: task.name,
    href: placeOf(task),
    type: task.stateType ?? undefined,
    stateName: task.stateName ?? undefined,
    note: noteOf(task),
    stretches: stretchesOf(task.attempts),
    never: whyNeverRan(task, byId, isOver),
    parents: task.parents,
    seconds: task.totalRunTime,
  }))
}

/** The address of its page: that of the subflow, when it stands for one. */
export const placeOf = ({ id, subflowRunId }: Pick<RunTask, 'id' | 'subflowRunId'>): string =>
  subflowRunId ? linkTo.flowRun(subflowRunId) : linkTo.taskRun(id)

const stretchesOf = (attempts: RunTask['attempts']): Stretch[] =>
  attempts.map(({ start, end, endType, endName }) => ({
    start: Date.parse(start),
    end: end ? Date.parse(end) : undefined,
    // What is tried again has failed.
    type: endName === 'AwaitingRetry' ? 'FAILED' : (endType ?? undefined),
  }))
