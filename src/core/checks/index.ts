export { type CheckResult, checkStore } from './check.ops.ts'
export {
  type Check,
  type CheckedEvent,
  type CheckedRun,
  type CheckedState,
  type RunEvidence,
  runChecks,
  taskRunChecks,
} from './check.rules.ts'
