export {
  atOnce,
  type Batch,
  batchModel,
  type Changes,
  type Contents,
  type DeletedRun,
  type Expired,
  type Expiry,
  expiredAtOnce,
  type Facts,
  type Reads,
} from './batch.ts'
export { command } from './command.ts'
export { type Decision, type DecisionEnv, decide, type Status } from './decide.ts'
export { coreFlowPolicy, markLatePolicy, minimalFlowPolicy } from './policies.ts'
export type { EmpiricalPolicy, FlowRecord, FlowRunFacts, FlowRunRecord, Json } from './records.ts'
export type { Rule, Transition, Verdict } from './rule.ts'
