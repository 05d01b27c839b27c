import DataLoader from 'dataloader'
import { type DeploymentRecord, deploymentsByIds } from '../../core/deployments/index.ts'
import { flowRunDetailsByIds, flowRunStatesByIds, flowRunsByIds, listFlowRunStates } from '../../core/flow-runs/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import type { FlowRecord, FlowRunRecord } from '../../core/orchestration/index.ts'
import type { StateRecord } from '../../core/states/index.ts'
import type { Ctx } from '../../kernel/context.ts'

/** Fields that cross a concept ask a batched query operation: permission once, one query, one workspace. Nothing is remembered: a subscription lives for days. */
export interface Loaders {
  readonly deployments: DataLoader<string, DeploymentRecord | undefined>
  readonly flows: DataLoader<string, FlowRecord | undefined>
  readonly flowRuns: DataLoader<string, FlowRunRecord | undefined>
  readonly flowRunStates: DataLoader<string, StateRecord | undefined>
  readonly flowRunDetails: DataLoader<string, Pick<FlowRunRecord, 'parameters' | 'context'> | undefined>
  readonly flowRunHistories: DataLoader<string, StateRecord[]>
}

export function createLoaders(ctx: Ctx): Loaders {
  return {
    deployments: batched(ids => deploymentsByIds(ctx, { ids })),
    flows: batched(ids => flowsByIds(ctx, { ids })),
    flowRuns: batched(ids => flowRunsByIds(ctx, { ids })),
    flowRunStates: batched(ids => flowRunStatesByIds(ctx, { ids })),
    flowRunDetails: batched(ids => flowRunDetailsByIds(ctx, { ids })),
    flowRunHistories: batched(async flowRunIds => {
      const states = Map.groupBy(await listFlowRunStates(ctx, { flowRunIds }), state => state.flowRunId)
      return flowRunIds.map(id => states.get(id) ?? [])
    }),
  }
}

const batched = <Value>(load: (ids: string[]) => Promise<Value[]>): DataLoader<string, Value> =>
  new DataLoader(async ids => load([...ids]), { cache: false, maxBatchSize: 200 })
