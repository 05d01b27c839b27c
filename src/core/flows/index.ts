export { Flow } from './flow.entity.ts'
export { type FlowFilter, flowConditions, flowFilter } from './flow.filter.ts'
export { countFlows, ensureFlow, findFlow, flowsByIds, listFlows } from './flow.ops.ts'
