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
