import DataLoader from 'dataloader'
import {
  type ArtifactRecord,
  artifactDataByIds,
  artifactsByIds,
  countArtifactVersions,
  type ListedArtifact,
} from '../../core/artifacts/index.ts'
import {
  type BlockSchemaRecord,
  type BlockTypeRecord,
  type BlockUse,
  blockDocumentsByIds,
  blockDocumentUses,
  blockSchemasByIds,
  blockTypesByIds,
  countBlockDocumentsByType,
  type ListedBlockDocument,
  newestBlockSchemas,
} from '../../core/blocks/index.ts'
import { type DeploymentRecord, deploymentsByIds } from '../../core/deployments/index.ts'
import {
  countFlowRunsByFlow,
  type FlowActivity,
  flowRunDetailsByIds,
  flowRunStatesByIds,
  flowRunsByIds,
  type ListedFlowRun,
  listFlowRunStates,
  newestFlowRunsByFlow,
  sliceFlowRuns,
} from '../../core/flow-runs/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import {
  type NotificationAttemptRecord,
  notificationAttempts,
  notificationPolicyActivity,
  type PolicyRecord,
} from '../../core/notifications/index.ts'
import type { FlowRecord, FlowRunRecord, TaskRunRecord } from '../../core/orchestration/index.ts'
import type { StateRecord, TaskRunStateRecord } from '../../core/states/index.ts'
import { listTaskRunStates, taskRunStatesByIds, taskRunsByIds } from '../../core/task-runs/index.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'

/** Fields that cross a concept ask a batched query operation: permission once, one query, one workspace. Nothing is remembered: a subscription lives for days. */
export interface Loaders {
  readonly artifacts: DataLoader<string, ListedArtifact | undefined>
  readonly artifactData: DataLoader<string, Pick<ArtifactRecord, 'data'> | undefined>
  /** How many there are of a key. */
  readonly artifactVersions: DataLoader<string, number>
  readonly blockDocuments: DataLoader<string, ListedBlockDocument | undefined>
  /** By type. */
  readonly blockDocumentCounts: DataLoader<string, number>
  readonly blockSchemas: DataLoader<string, BlockSchemaRecord | undefined>
  readonly blockTypes: DataLoader<string, BlockTypeRecord | undefined>
  /** By the block that is held. */
  readonly blockUses: DataLoader<string, BlockUse[]>
  /** By type. */
  readonly newestBlockSchemas: DataLoader<string, BlockSchemaRecord | undefined>
  readonly deployments: DataLoader<string, DeploymentRecord | undefined>
  readonly flows: DataLoader<string, FlowRecord | undefined>
  readonly flowRuns: DataLoader<string, FlowRunRecord | undefined>
  readonly flowRunStates: DataLoader<string, StateRecord | undefined>
  readonly flowRunDetails: DataLoader<string, Pick<FlowRunRecord, 'parameters' | 'context'> | undefined>
  readonly flowRunHistories: DataLoader<string, StateRecord[]>
  readonly newestFlowRuns: DataLoader<string, ListedFlowRun | undefined>
  readonly flowActivities: DataLoader<ActivityRange & { readonly flowId: string }, CountedActivity>
  readonly notificationAttempts: DataLoader<string, NotificationAttemptRecord[]>
  readonly notificationActivities: DataLoader<string, PolicyRecord>
  readonly taskRuns: DataLoader<string, TaskRunRecord | undefined>
  readonly taskRunStates: DataLoader<string, TaskRunStateRecord | undefined>
  readonly taskRunHistories: DataLoader<string, TaskRunStateRecord[]>
  /** By the task runs that stand for them; of several the newest. */
  readonly subflowRuns: DataLoader<string, FlowRunRecord | undefined>
}

export interface ActivityRange {
  readonly start: Instant
  readonly end: Instant
  readonly bucketSize: number
}

export interface CountedActivity extends FlowActivity {
  readonly asOf: number
}

export function createLoaders(ctx: Ctx): Loaders {
  return {
    artifacts: batched(ids => artifactsByIds(ctx, { ids })),
    artifactData: batched(ids => artifactDataByIds(ctx, { ids })),
    artifactVersions: batched(async keys => {
      const counts = await countArtifactVersions(ctx, { keys })
      return keys.map(key => counts.get(key) ?? 0)
    }),
    blockDocuments: batched(ids => blockDocumentsByIds(ctx, { ids })),
    blockDocumentCounts: batched(async blockTypeIds => {
      const counts = await countBlockDocumentsByType(ctx, { blockTypeIds })
      return blockTypeIds.map(id => counts.get(id) ?? 0)
    }),
    blockSchemas: batched(ids => blockSchemasByIds(ctx, { ids })),
    blockTypes: batched(ids => blockTypesByIds(ctx, { ids })),
    blockUses: batched(async ids => {
      const uses = Map.groupBy(await blockDocumentUses(ctx, { ids }), ({ documentId }) => documentId)
      return ids.map(id => uses.get(id) ?? [])
    }),
    newestBlockSchemas: batched(async blockTypeIds => {
      const schemas = await newestBlockSchemas(ctx, { blockTypeIds })
      return blockTypeIds.map(id => schemas.find(schema => schema.blockTypeId === id))
    }),
    deployments: batched(ids => deploymentsByIds(ctx, { ids })),
    flows: batched(ids => flowsByIds(ctx, { ids })),
    flowRuns: batched(ids => flowRunsByIds(ctx, { ids })),
    flowRunStates: batched(ids => flowRunStatesByIds(ctx, { ids })),
    flowRunDetails: batched(ids => flowRunDetailsByIds(ctx, { ids })),
    flowRunHistories: batched(async flowRunIds => {
      const states = Map.groupBy(await listFlowRunStates(ctx, { flowRunIds }), state => state.flowRunId)
      return flowRunIds.map(id => states.get(id) ?? [])
    }),
    newestFlowRuns: batched(flowIds => newestFlowRunsByFlow(ctx, { flowIds })),
    flowActivities: batched(asked => activitiesOf(ctx, asked)),
    notificationAttempts: batched(async ids => {
      const attempts = Map.groupBy(await notificationAttempts(ctx, { ids }), attempt => attempt.deliveryId as string)
      return ids.map(id => attempts.get(id) ?? [])
    }),
    notificationActivities: batched(policyIds => notificationPolicyActivity(ctx, { policyIds })),
    taskRuns: batched(ids => taskRunsByIds(ctx, { ids })),
    taskRunStates: batched(ids => taskRunStatesByIds(ctx, { ids })),
    taskRunHistories: batched(async taskRunIds => {
      const states = Map.groupBy(await listTaskRunStates(ctx, { taskRunIds }), state => state.taskRunId)
      return taskRunIds.map(id => states.get(id) ?? [])
    }),
    subflowRuns: batched(async parentTaskRunIds => {
      const found = await sliceFlowRuns(ctx, { filter: { parentTaskRunIds }, limit: 10_000, orderBy: 'ID_DESC' })
      return parentTaskRunIds.map(id => found.find(({ run }) => run.parentTaskRunId === id)?.run)
    }),
  }
}

/** One reading for all flows that are asked about the same range. */
async function activitiesOf(ctx: Ctx, asked: readonly (ActivityRange & { readonly flowId: string })[]): Promise<CountedActivity[]> {
  const found = new Map<object, CountedActivity>()
  for (const group of Map.groupBy(asked, ({ start, end, bucketSize }) => `${start} ${end} ${bucketSize}`).values()) {
    const { start, end, bucketSize } = group[0]!
    const { activities, asOf } = await countFlowRunsByFlow(ctx, { flowIds: group.map(({ flowId }) => flowId), start, end, bucketSize })
    for (const [index, one] of group.entries()) found.set(one, { ...activities[index]!, asOf })
  }
  return asked.map(one => found.get(one)!)
}

const batched = <Value, Key = string>(load: (keys: Key[]) => Promise<Value[]>): DataLoader<Key, Value> =>
  new DataLoader(async keys => load([...keys]), { cache: false, maxBatchSize: 200 })
