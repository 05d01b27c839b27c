import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import type { Condition } from '../../kernel/filters.ts'
import { query } from '../../kernel/operation.ts'
import { alsoInput, by, sliceInput } from '../../kernel/paging.ts'
import type { Order } from '../../kernel/storage.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import { eachRun, expectedBetween } from './each-run.ts'
import { FlowRun } from './flow-run.entity.ts'
import { flowRunConditions, flowRunFilter } from './flow-run.filter.ts'
import { createHistory, createMean } from './flow-run.history.ts'
import { flowRunStatesByIds } from './flow-run.ops.ts'
import { estimatedStartTimeDelta } from './flow-run.rules.ts'
import type { FlowRunAnswer } from './flow-run-transitions.ops.ts'

/** All the peer offers. Those of `sortTime` and `id` follow an index; the others sort what the filter leaves. */
const orders = {
  ID_DESC: [['id', 'desc']],
  START_TIME_ASC: by('startTime', 'asc', 'expectedStartTime'),
  START_TIME_DESC: by('startTime', 'desc', 'expectedStartTime'),
  EXPECTED_START_TIME_ASC: by('sortTime', 'asc'),
  EXPECTED_START_TIME_DESC: by('sortTime', 'desc'),
  NAME_ASC: by('name', 'asc'),
  NAME_DESC: by('name', 'desc'),
  NEXT_SCHEDULED_START_TIME_ASC: by('nextScheduledStartTime', 'asc'),
  END_TIME_DESC: by('endTime', 'desc'),
} as const satisfies Record<string, readonly Order[]>

export const flowRunSliceOrders = Object.keys(orders) as (keyof typeof orders)[]

const which = { filter: flowRunFilter.nullish(), ...alsoInput }

const whereOf = ({
  filter,
  also = [],
}: {
  filter?: z.output<typeof flowRunFilter> | null | undefined
  also?: readonly Condition[] | undefined
}) => [...flowRunConditions(filter), ...also]

/** Whole runs with their states, counted from the start of an order. */
export const sliceFlowRuns = query('flow-run.slice', {
  input: z.object({ ...sliceInput, ...which, orderBy: z.enum(flowRunSliceOrders).default('ID_DESC') }),
  needs: 'flow-run:read',
  async run(ctx, { limit, offset, orderBy, ...asked }): Promise<FlowRunAnswer[]> {
    const runs = (await ctx.read.select({
      entity: FlowRun,
      where: whereOf(asked),
      orderBy: orders[orderBy],
      limit,
      offset,
    })) as unknown as FlowRunRecord[]
    const states = await statesOf(ctx, runs)
    return runs.map(run => ({ run, state: (run.stateId && states.get(run.stateId)) || null }))
  },
})

async function statesOf(ctx: Ctx, runs: readonly FlowRunRecord[]) {
  const ids = runs.flatMap(({ stateId }) => (stateId === null ? [] : [stateId]))
  const states = new Map<string, NonNullable<FlowRunAnswer['state']>>()
  for (let start = 0; start < ids.length; start += 1000) {
    for (const state of await flowRunStatesByIds(ctx, { ids: ids.slice(start, start + 1000) })) if (state) states.set(state.id, state)
  }
  return states
}

/** How many runs were expected in each interval, by state, with their run times and latenesses; at most 500 intervals. */
export const flowRunHistory = query('flow-run.history', {
  input: z.object({ ...which, start: z.int(), end: z.int(), interval: z.int().min(1_000_000, 'must be at least one second') }),
  needs: 'flow-run:read',
  async run(ctx, { start, end, interval, ...asked }) {
    const history = createHistory(start, end, interval, ctx.clock.now())
    if (history.end > start)
      await eachRun(ctx, FlowRun, [...whereOf(asked), ...expectedBetween(start, history.end)], run => history.add(run))
    return history.intervals
  },
})

/** How late runs started, or are, on average, in microseconds; null where there are none. */
export const flowRunLateness = query('flow-run.lateness', {
  input: z.object(which),
  needs: 'flow-run:read',
  async run(ctx, asked): Promise<number | null> {
    const mean = createMean()
    const now = ctx.clock.now()
    await eachRun(ctx, FlowRun, whereOf(asked), run => mean.add(estimatedStartTimeDelta(run, now)))
    return mean.value
  },
})
