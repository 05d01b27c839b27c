export type { TaskRunAnswer, TaskTransitionAnswer } from '../orchestration/index.ts'
export { CachedResultEntity } from './cached-result.entity.ts'
export { TaskRun } from './task-run.entity.ts'
export { type TaskRunStateChange, taskRunStateChangeOf } from './task-run.events.ts'
export { standingForSubflow, type TaskRunFilter, taskRunConditions, taskRunFilter } from './task-run.filter.ts'
export {
  countTaskRuns,
  countTaskRunsByState,
  findTaskRun,
  listTaskRunStates,
  listTaskRuns,
  sliceTaskRuns,
  taskRunHistory,
  taskRunOrders,
  taskRunSliceOrders,
  taskRunStateChanges,
  taskRunStatesByIds,
  taskRunsByIds,
} from './task-run.ops.ts'
export { createTaskRun, deleteTaskRun, renameTaskRun, setTaskRunState } from './task-run-edits.ops.ts'
export { TaskRunState } from './task-run-state.entity.ts'
