import type { GraphTask } from '../../charts/graph-groups.ts'
import { noteOf, type RunTask } from './run-tasks.ts'
import { placeOf } from './run-timeline.ts'

export const graphTasksOf = (tasks: readonly RunTask[]): GraphTask[] =>
  tasks.map(task => ({
    id: task.id,
    name: task.name,
    taskKey: task.taskKey,
    href: placeOf(task),
    type: task.stateType ?? undefined,
    stateName: task.stateName ?? undefined,
    note: noteOf(task),
    parents: task.parents,
  }))
