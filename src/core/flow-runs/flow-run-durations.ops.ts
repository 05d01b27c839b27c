import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import { query } from '../../kernel/operation.ts'
import { by } from '../../kernel/paging.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import { FlowRun } from './flow-run.entity.ts'
import { flowRunConditions, flowRunFilter } from './flow-run.filter.ts'
import { estimatedRunTime } from './flow-run.rules.ts'

const read = [
  'id',
  'name',
  'flowId',
  'stateType',
  'stateName',
  'stateTimestamp',
  'startTime',
  'totalRunTime',
  'version',
  'sortTime',
] as const

export interface FlowRunDuration extends Pick<FlowRunRecord, 'id' | 'name' | 'flowId' | 'stateType' | 'stateName' | 'version'> {
  readonly startTime: Instant
  /** Microseconds spent running up to now. */
  readonly duration: Instant
}

export const MOST_DURATIONS = 1000

/** When runs started and how long they ran: the newest of those that have started, as little of each as a chart needs. */
export const flowRunDurations = query('flow-run.durations', {
  input: z.object({ filter: flowRunFilter.nullish(), most: z.int().min(1).max(MOST_DURATIONS).default(MOST_DURATIONS) }),
  needs: 'flow-run:read',
  async run(ctx, { filter, most }): Promise<FlowRunDuration[]> {
    const now = ctx.clock.now()
    const runs = (await ctx.read.select({
      entity: FlowRun,
      where: [...flowRunConditions(filter), { is: 'missing', property: 'startTime', isMissing: false }],
      orderBy: by('sortTime', 'desc'),
      properties: read,
      limit: most,
    })) as unknown as (Pick<FlowRunRecord, (typeof read)[number]> & { startTime: Instant })[]
    return runs.map(run => ({ ...run, duration: estimatedRunTime(run, now) }))
  },
})
