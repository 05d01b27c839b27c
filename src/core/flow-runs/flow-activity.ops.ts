import { z } from 'zod'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { by } from '../../kernel/paging.ts'
import { Flow } from '../flows/index.ts'
import { FlowRunRollup } from '../rollups/index.ts'
import type { StateType } from '../states/index.ts'
import { bucketRangeInput, runsByBucket } from './flow-run.buckets.ts'
import { countedConditions } from './flow-run.counts.ts'
import { FlowRun } from './flow-run.entity.ts'
import { type ListedFlowRun, listedProperties } from './flow-run.ops.ts'

const flowIdsInput = z.array(uuid).max(200)

/** What a flow did in a range of time, and does now. */
export interface FlowActivity {
  /** How many runs of a kind were expected in which bucket, counted from 0; none with zero. */
  readonly counts: readonly { readonly bucket: number; readonly type: StateType; readonly count: number }[]
  /** Whenever they were expected. */
  readonly runningCount: number
}

/** The activity of up to 200 flows, from the roll-ups at one moment, in the order asked. */
export const countFlowRunsByFlow = query('flow-run.count-by-flow', {
  input: z.object({ flowIds: flowIdsInput, ...bucketRangeInput }),
  needs: 'flow-run:read',
  async run(ctx, { flowIds, ...range }): Promise<{ readonly activities: readonly FlowActivity[]; readonly asOf: number }> {
    const { sums } = await ctx.read.together({
      select: {},
      sumBy: {
        expected: { ...runsByBucket({ flowIds }, range), by: ['flowId', 'stateType'] },
        running: { entity: FlowRunRollup, where: countedConditions({ flowIds, stateTypes: ['RUNNING'] })!, sum: 'count', by: ['flowId'] },
      },
    })
    const expected = Map.groupBy(sums.expected.rows, ({ record }) => record['flowId'])
    const running = new Map(sums.running.rows.map(({ record, sum }) => [record['flowId'], sum]))
    const activities = flowIds.map(id => ({
      counts: (expected.get(id) ?? [])
        .map(({ slot, record, sum }) => ({ bucket: slot, type: record['stateType'] as StateType, count: sum }))
        .sort((one, other) => one.bucket - other.bucket),
      runningCount: running.get(id) ?? 0,
    }))
    return { activities, asOf: sums.expected.asOf }
  },
})

/** Of each flow the newest run that should have started by now, in the order asked; undefined where there is none. */
export const newestFlowRunsByFlow = query('flow-run.newest-by-flow', {
  input: z.object({ flowIds: flowIdsInput }),
  needs: 'flow-run:read',
  async run(ctx, { flowIds }): Promise<(ListedFlowRun | undefined)[]> {
    const runs = (await ctx.read.select({
      entity: FlowRun,
      where: [{ is: 'atMost', property: 'sortTime', value: ctx.clock.now() }],
      orderBy: by('sortTime', 'desc'),
      firstOfEach: { property: 'flowId', of: Flow, ids: flowIds },
      properties: listedProperties,
      limit: flowIds.length,
    })) as unknown as ListedFlowRun[]
    const byFlow = new Map(runs.map(run => [run.flowId, run]))
    return flowIds.map(id => byFlow.get(id))
  },
})
