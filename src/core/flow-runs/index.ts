export { FlowRun } from './flow-run.entity.ts'
export { type FlowRunStateChange, stateChangeOf } from './flow-run.events.ts'
export { type FlowRunFilter, flowRunConditions, flowRunFilter } from './flow-run.filter.ts'
export {
  countFlowRuns,
  countFlowRunsByState,
  createFlowRun,
  createFlowRunFromDeployment,
  findFlowRun,
  flowRunDetailsByIds,
  flowRunOrders,
  flowRunStateChanges,
  flowRunStatesByIds,
  flowRunsByIds,
  listFlowRunStates,
  listFlowRuns,
  setFlowRunState,
} from './flow-run.ops.ts'
export { estimatedRunTime, estimatedStartTimeDelta } from './flow-run.rules.ts'
export { FlowRunState } from './flow-run-state.entity.ts'
