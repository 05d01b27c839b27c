export { FlowRunRollup } from './flow-run-rollup.entity.ts'
export {
  ALL_FLOWS,
  ALL_TIME,
  BLOCK,
  bucketOf,
  type CountedRun,
  foldRollups,
  isBorder,
  NO_STATE,
  QUARTER_HOUR,
  rollupDeltas,
  rollupKey,
  scopes,
} from './rollup.rules.ts'
export { type CountedTaskRun, foldTaskRollups, taskRollupDeltas, taskRollupKey } from './task-rollup.rules.ts'
export { TaskRunRollup } from './task-run-rollup.entity.ts'
