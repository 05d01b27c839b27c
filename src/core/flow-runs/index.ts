export { eachRun, expectedBetween } from './each-run.ts'
export { countFlowRunsByFlow, type FlowActivity, newestFlowRunsByFlow } from './flow-activity.ops.ts'
export { type ActionName, actionNames, eligible, whyNot } from './flow-run.actions.ts'
export {
  type BucketRange,
  bucketCount,
  bucketRangeInput,
  bucketSlots,
  bucketsOf,
  type CountsOfRuns,
  countsOf,
  type RunsInBucket,
  runsBetween,
  runsByBucket,
} from './flow-run.buckets.ts'
export {
  asRunFilter,
  countedBetween,
  countedByFlowInParts,
  countedConditions,
  type FlowRunCountFilter,
  flowRunCountFilter,
} from './flow-run.counts.ts'
export { FlowRun } from './flow-run.entity.ts'
export { type FlowRunStateChange, stateChangeOf } from './flow-run.events.ts'
export { type FlowRunFilter, flowRunConditions, flowRunFilter } from './flow-run.filter.ts'
export { createHistory, type HistoryInterval } from './flow-run.history.ts'
export { stateInput, toProposal } from './flow-run.inputs.ts'
export {
  countFlowRuns,
  createFlowRun,
  createFlowRunFromDeployment,
  findFlowRun,
  flowRunDetailsByIds,
  flowRunOrders,
  flowRunStateChanges,
  flowRunStatesByIds,
  flowRunsByIds,
  type ListedFlowRun,
  listedProperties,
  listFlowRunStates,
  listFlowRuns,
} from './flow-run.ops.ts'
export { estimatedRunTime, estimatedStartTimeDelta } from './flow-run.rules.ts'
export { countFlowRunsByState, countFlowRunsByTime } from './flow-run-counts.ops.ts'
export { type FlowRunDuration, flowRunDurations, MOST_DURATIONS } from './flow-run-durations.ops.ts'
export { type DeletedFlowRun, deleteFlowRun, setFlowRunLabels, tagFlowRun, updateFlowRun } from './flow-run-edits.ops.ts'
export { flowRunHistory, flowRunLateness, flowRunSliceOrders, sliceFlowRuns } from './flow-run-lists.ops.ts'
export { FlowRunState } from './flow-run-state.entity.ts'
export { type ActionAnswer, actOnFlowRun, type FlowRunAnswer, setFlowRunState, type TransitionAnswer } from './flow-run-transitions.ops.ts'
