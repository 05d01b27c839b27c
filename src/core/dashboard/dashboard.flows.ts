import type { Ctx } from '../../kernel/context.ts'
import { oneOf } from '../../kernel/filters.ts'
import { by } from '../../kernel/paging.ts'
import { type BucketRange, FlowRun, type FlowRunCountFilter, runsByBucket } from '../flow-runs/index.ts'
import { QUARTER_HOUR } from '../rollups/index.ts'
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

const MOST_BUCKETS = 26
/** A month of quarters of an hour costs more to read than everything else on a dashboard. */
const LONGEST = 7 * 96 * QUARTER_HOUR
const NEWEST_COMPLETED = 21
const FEWEST_COMPLETED = 5

/** What flows did in a stretch: at most in its last seven days. */
export async function readStrips(
  ctx: Ctx,
  flowIds: readonly string[],
  filter: FlowRunCountFilter | null | undefined,
  range: BucketRange,
): Promise<Strips> {
  const stretch = stripOf(range)
  if (flowIds.length === 0) return { ...stretch, byFlow: new Map() }
  const { rows } = await ctx.read.sumBy({ ...runsByBucket({ ...filter, flowIds: [...flowIds] }, stretch), by: ['flowId', 'stateType'] })
  const counts = rows.map(({ slot, record, sum }) => ({
    flowId: record['flowId'] as string,
    bucket: slot,
    type: record['stateType'] as StateType,
    count: sum,
  }))
  return { ...stretch, byFlow: Map.groupBy(counts, ({ flowId }) => flowId) }
}

/** A whole number of buckets, so that the last one ends with the stretch. */
function stripOf({ start, end }: BucketRange): BucketRange {
  const length = Math.min(end - start, LONGEST)
  const bucketSize = Math.ceil(length / MOST_BUCKETS / QUARTER_HOUR) * QUARTER_HOUR
  return { start: Math.max(0, end - Math.ceil(length / bucketSize) * bucketSize), end, bucketSize }
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
