export {
  atOnce,
  type Batch,
  batchModel,
  type Changes,
  type Contents,
  cachedAtOnce,
  type DeletedRun,
  type DeletedTaskRun,
  type Expired,
  type Expiry,
  expiredAtOnce,
  type Facts,
  type Reads,
} from './batch.ts'
export { command } from './command.ts'
export { type Decision, type DecisionEnv, decide } from './decide.ts'
export { decideTask, type TaskCase, type TaskDecision, type TaskDecisionEnv } from './decide-task.ts'
export type { Status } from './judge.ts'
export { cacheKeyOf } from './open-task-runs.ts'
export { backgroundTaskPolicy, coreFlowPolicy, coreTaskPolicy, markLatePolicy, minimalFlowPolicy, minimalTaskPolicy } from './policies.ts'
export { proposeTask, type TaskRunAnswer, type TaskTransitionAnswer } from './propose-task.ts'
export { blankTaskRun, recordTaskRun } from './record-task.ts'
export type {
  CachedResult,
  CachedResultRecord,
  EmpiricalPolicy,
  EnclosingRun,
  FlowRecord,
  FlowRunFacts,
  FlowRunRecord,
  Json,
  TaskRunFacts,
  TaskRunKey,
  TaskRunPolicy,
  TaskRunRecord,
  TaskWorkerRecord,
} from './records.ts'
export type { Rule, TaskRule, TaskTransition, Transition, Verdict } from './rule.ts'
export { flowRunAround, TASK_RUN_PREFIX } from './task-run-events.ts'
export { readsOfReports } from './task-run-report.ts'
