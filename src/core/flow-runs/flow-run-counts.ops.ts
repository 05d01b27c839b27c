import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import { invalidAt } from '../../kernel/errors.ts'
import { instantSchema } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import type { GroupCount } from '../../kernel/storage.ts'
import { bucketOf, FlowRunRollup, isBorder, NO_STATE, QUARTER_HOUR } from '../rollups/index.ts'
import type { StateType } from '../states/index.ts'
import { countedBetween, countedConditions, flowRunCountFilter } from './flow-run.counts.ts'
import { FlowRun } from './flow-run.entity.ts'
import { flowRunConditions, flowRunFilter } from './flow-run.filter.ts'

/** By the kind of their state, and the event up to which the counts know. From the roll-ups where those know what the filter asks. */
export const countFlowRunsByState = query('flow-run.count-by-state', {
  input: z.object({ filter: flowRunFilter.nullish() }),
  needs: 'flow-run:read',
  async run(ctx, { filter }): Promise<GroupCount> {
    const counted = countedConditions(filter)
    if (!counted) return ctx.read.countBy({ entity: FlowRun, where: flowRunConditions(filter), property: 'stateType' })
    const { rows, asOf } = await ctx.read.sumBy({ entity: FlowRunRollup, where: counted, sum: 'count', by: ['stateType'] })
    return { asOf, counts: new Map(rows.map(({ record, sum }) => [stateTypeOf(record), sum])) }
  },
})

export interface RunsInBucket {
  readonly start: Instant
  readonly end: Instant
  /** By the kind of their state; kinds without runs are left out. */
  readonly counts: readonly { readonly type: StateType; readonly count: number }[]
  /** How many of the scheduled ones are late. */
  readonly lateCount: number
}

const MOST_BUCKETS = 500

const border = instantSchema.refine(isBorder, 'must be a full quarter of an hour')

/** How many runs were expected to start in each bucket of a range, from the roll-ups; the last bucket may end behind the range. At most 500 buckets. */
export const countFlowRunsByTime = query('flow-run.count-by-time', {
  input: z.object({
    start: border,
    end: border,
    bucketSize: z.int().min(QUARTER_HOUR, 'must be at least 15 minutes').multipleOf(QUARTER_HOUR, 'must be a multiple of 15 minutes'),
    filter: flowRunCountFilter.nullish(),
  }),
  needs: 'flow-run:read',
  async run(ctx, { start, end, bucketSize, filter }): Promise<{ readonly buckets: readonly RunsInBucket[]; readonly asOf: number }> {
    if (end <= start) throw invalidAt(['end'], 'must be later than the start')
    const count = Math.ceil((end - start) / bucketSize)
    if (count > MOST_BUCKETS) throw invalidAt(['bucketSize'], `makes ${count} buckets of this range: ${MOST_BUCKETS} are allowed`)
    const { rows, asOf } = await ctx.read.sumBy({
      entity: FlowRunRollup,
      where: countedBetween(filter, start, start + count * bucketSize),
      sum: 'count',
      by: ['stateType', 'isLate'],
      slots: { property: 'bucket', start: bucketOf(start), width: bucketSize / QUARTER_HOUR },
    })
    const bySlot = Map.groupBy(rows, ({ slot }) => slot)
    const buckets = Array.from({ length: count }, (_, slot): RunsInBucket => {
      const own = bySlot.get(slot) ?? []
      const sums = new Map<StateType, number>()
      for (const { record, sum } of own) {
        const type = record['stateType'] as StateType
        sums.set(type, (sums.get(type) ?? 0) + sum)
      }
      return {
        start: start + slot * bucketSize,
        end: start + (slot + 1) * bucketSize,
        counts: [...sums].map(([type, count]) => ({ type, count })),
        lateCount: own.reduce((late, { record, sum }) => late + (record['isLate'] ? sum : 0), 0),
      }
    })
    return { buckets, asOf }
  },
})

const stateTypeOf = (record: Readonly<Record<string, unknown>>): StateType | null =>
  record['stateType'] === NO_STATE ? null : (record['stateType'] as StateType)
