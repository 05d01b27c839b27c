import type { Ctx } from '../../kernel/context.ts'
import { type Condition, oneOf } from '../../kernel/filters.ts'
import { by } from '../../kernel/paging.ts'
import type { SumQuery } from '../../kernel/storage.ts'
import {
  type BucketRange,
  bucketSlots,
  countedBetween,
  countedByFlowInParts,
  FlowRun,
  type FlowRunCountFilter,
} from '../flow-runs/index.ts'
import { BLOCK, FlowRunRollup, QUARTER_HOUR } from '../rollups/index.ts'
import type { StateType } from '../states/index.ts'

/** What flows did, in few buckets: as much as fits behind a name. */
export interface Strips extends BucketRange {
  readonly byFlow: ReadonlyMap<string, readonly BucketCount[]>
}

interface BucketCount {
  readonly bucket: number
  readonly type: StateType
  readonly count: number
}

export interface UsualDuration {
  readonly flowId: string
  /** In microseconds: of its newest completed runs half took no longer. */
  readonly duration: number
}

const MOST_BUCKETS = 34
const LONGEST_WITHOUT_BLOCKS = 8 * QUARTER_HOUR
const LONGEST = 33 * 4 * BLOCK
const NEWEST_COMPLETED = 21
const FEWEST_COMPLETED = 5

/** What flows did in a stretch: at most in its last 33 days, those of a long one in buckets that begin with a block of the roll-ups. */
export async function readStrips(
  ctx: Ctx,
  flowIds: readonly string[],
  filter: FlowRunCountFilter | null | undefined,
  range: BucketRange,
): Promise<Strips> {
  const stretch = stripOf(range)
  if (flowIds.length === 0) return { ...stretch, byFlow: new Map() }
  const parts = partsOf({ ...filter, flowIds: [...flowIds] }, stretch)
  const { sums } = await ctx.read.together({ select: {}, sumBy: inParts(parts, bucketSlots(stretch)) })
  const counts = new Map<string, BucketCount & { readonly flowId: string }>()
  for (const { slot, record, sum } of Object.values(sums).flatMap(({ rows }) => rows)) {
    const { flowId, stateType: type } = record as { flowId: string; stateType: StateType }
    const key = `${flowId} ${slot} ${type}`
    counts.set(key, { flowId, bucket: slot, type, count: sum + (counts.get(key)?.count ?? 0) })
  }
  return { ...stretch, byFlow: Map.groupBy(counts.values(), ({ flowId }) => flowId) }
}

/** Sums by flow and kind, one for each part: what they find adds up. */
export const inParts = (parts: readonly (readonly Condition[])[], slots?: SumQuery['slots']): Record<`part${number}`, Parts> =>
  Object.fromEntries(
    parts.map((where, index) => [
      `part${index}`,
      { entity: FlowRunRollup, where, sum: 'count', by: ['flowId', 'stateType'], ...(slots ? { slots } : {}) },
    ]),
  )

type Parts = Omit<SumQuery, 'workspaceId'>

const partsOf = (filter: FlowRunCountFilter, { start, end, bucketSize }: BucketRange): readonly (readonly Condition[])[] =>
  bucketSize > LONGEST_WITHOUT_BLOCKS
    ? countedByFlowInParts(filter, start, end)
    : [countedBetween(filter, start, end, { isByFlow: true, isOfFewFlows: true })]

/** Of a short one the last bucket ends with the stretch, of a long one it may go on behind. */
function stripOf({ start, end }: BucketRange): BucketRange {
  const length = Math.min(end - start, LONGEST)
  const bucketSize = Math.ceil(length / MOST_BUCKETS / QUARTER_HOUR) * QUARTER_HOUR
  if (bucketSize <= LONGEST_WITHOUT_BLOCKS)
    return { start: Math.max(0, end - Math.ceil(length / bucketSize) * bucketSize), end, bucketSize }
  // One less: it begins up to a block before the stretch.
  const blocks = Math.ceil(length / (MOST_BUCKETS - 1) / BLOCK)
  return { start: Math.max(0, Math.floor((end - length) / BLOCK) * BLOCK), end, bucketSize: blocks * BLOCK }
}

/** Of flows with fewer than five completed runs nobody knows. */
export async function readUsualDurations(ctx: Ctx, flowIds: readonly string[]): Promise<UsualDuration[]> {
  const runs = await Promise.all(flowIds.map(flowId => ctx.read.select(completed(flowId))))
  return flowIds.flatMap((flowId, index) => {
    const durations = runs[index]!.map(run => run['totalRunTime'] as number).sort((one, other) => one - other)
    return durations.length < FEWEST_COMPLETED ? [] : [{ flowId, duration: durations[durations.length >> 1]! }]
  })
}

const completed = (flowId: string) => ({
  entity: FlowRun,
  where: [...oneOf('flowId', [flowId]), ...oneOf('stateType', ['COMPLETED'])],
  orderBy: by('sortTime', 'desc'),
  properties: ['id', 'sortTime', 'totalRunTime'],
  limit: NEWEST_COMPLETED,
})
