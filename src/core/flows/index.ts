export { Flow } from './flow.entity.ts'
export { type FlowFilter, flowConditions, flowFilter } from './flow.filter.ts'
export {
  countFlows,
  deleteFlow,
  ensureFlow,
  findFlow,
  findFlowByName,
  flowSliceOrders,
  flowsByIds,
  listFlows,
  sliceFlows,
  updateFlow,
} from './flow.ops.ts'
