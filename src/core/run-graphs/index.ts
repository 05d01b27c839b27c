export { MOST_NODES, type RunGraph, readRunGraph } from './run-graph.ops.ts'
export { type Attempt, attemptsOf, type GraphNode, graphOf, namedBy } from './run-graph.rules.ts'
