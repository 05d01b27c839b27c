import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import type { GroupCount } from '../../kernel/storage.ts'
import { FlowRunRollup, NO_STATE } from '../rollups/index.ts'
import type { StateType } from '../states/index.ts'
import { bucketRangeInput, bucketsOf, type RunsInBucket, runsByBucket } from './flow-run.buckets.ts'
import { countedConditions, flowRunCountFilter } from './flow-run.counts.ts'
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

/** How many runs were expected to start in each bucket of a range, from the roll-ups; the last bucket may end behind the range. At most 500 buckets. */
export const countFlowRunsByTime = query('flow-run.count-by-time', {
  input: z.object({ ...bucketRangeInput, filter: flowRunCountFilter.nullish() }),
  needs: 'flow-run:read',
  async run(ctx, { filter, ...range }): Promise<{ readonly buckets: readonly RunsInBucket[]; readonly asOf: number }> {
    const sums = await ctx.read.sumBy(runsByBucket(filter, range))
    return { buckets: bucketsOf(sums, range), asOf: sums.asOf }
  },
})

const stateTypeOf = (record: Readonly<Record<string, unknown>>): StateType | null =>
  record['stateType'] === NO_STATE ? null : (record['stateType'] as StateType)
