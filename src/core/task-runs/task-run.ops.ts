import { z } from 'zod'
import { notFound } from '../../kernel/errors.ts'
import { matches } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { alsoInput, by, countInput, countUpTo, mostCounted, pageInput, readByIds, readPage, sliceInput } from '../../kernel/paging.ts'
import type { Order } from '../../kernel/storage.ts'
import { createHistory, eachRun, expectedBetween } from '../flow-runs/index.ts'
import type { TaskRunAnswer, TaskRunRecord } from '../orchestration/index.ts'
import type { TaskRunStateRecord } from '../states/index.ts'
import { TaskRun } from './task-run.entity.ts'
import type { TaskRunStateChange } from './task-run.events.ts'
import { taskRunConditions, taskRunFilter } from './task-run.filter.ts'
import { TaskRunState } from './task-run-state.entity.ts'

const byIds = z.object({ ids: z.array(uuid).max(1000) })
const filterInput = z.object({ filter: taskRunFilter.nullish() })

export const findTaskRun = query('task-run.find', {
  input: z.object({ id: uuid }),
  needs: 'task-run:read',
  async run(ctx, { id }): Promise<TaskRunAnswer> {
    const [run] = await readByIds<TaskRunRecord>(ctx.read, TaskRun, [id])
    if (!run) throw notFound('Task run', id)
    const [state] = run.stateId ? await readByIds<TaskRunStateRecord>(ctx.read, TaskRunState, [run.stateId]) : []
    return { run, state: state ?? null }
  },
})

/** In the order asked; undefined where there is none. */
export const taskRunsByIds = query('task-run.by-ids', {
  input: byIds,
  needs: 'task-run:read',
  run: (ctx, { ids }) => readByIds<TaskRunRecord>(ctx.read, TaskRun, ids),
})

export const taskRunStatesByIds = query('task-run-state.by-ids', {
  input: byIds,
  needs: 'task-run:read',
  run: (ctx, { ids }) => readByIds<TaskRunStateRecord>(ctx.read, TaskRunState, ids),
})

/** The whole histories of some task runs, each oldest first. */
export const listTaskRunStates = query('task-run-state.list', {
  input: z.object({ taskRunIds: z.array(uuid).max(200) }),
  needs: 'task-run:read',
  run: async (ctx, { taskRunIds }) =>
    (await ctx.read.select({
      entity: TaskRunState,
      where: [{ is: 'oneOf', property: 'taskRunId', values: taskRunIds }],
      orderBy: [
        ['taskRunId', 'asc'],
        ['timestamp', 'asc'],
        ['id', 'asc'],
      ],
      limit: 100_000,
    })) as unknown as TaskRunStateRecord[],
})

export const taskRunOrders = ['EXPECTED_START_TIME_DESC', 'EXPECTED_START_TIME_ASC'] as const

export const listTaskRuns = query('task-run.list', {
  input: filterInput.extend({ ...pageInput, orderBy: z.enum(taskRunOrders).default('EXPECTED_START_TIME_DESC') }),
  needs: 'task-run:read',
  run: (ctx, { first, after, filter, orderBy }) =>
    readPage<TaskRunRecord>(ctx.read, {
      entity: TaskRun,
      where: taskRunConditions(filter),
      orderBy: by('sortTime', orderBy === 'EXPECTED_START_TIME_DESC' ? 'desc' : 'asc'),
      first,
      after,
    }),
})

export const countTaskRuns = query('task-run.count', {
  input: filterInput.extend(countInput),
  needs: 'task-run:read',
  run: (ctx, { filter, also = [], countAll }) =>
    countUpTo(ctx.read, { entity: TaskRun, where: [...taskRunConditions(filter), ...also] }, mostCounted(countAll)),
})

/** By the kind of their state, and the event up to which the counts know. */
export const countTaskRunsByState = query('task-run.count-by-state', {
  input: filterInput,
  needs: 'task-run:read',
  run: (ctx, { filter }) => ctx.read.countBy({ entity: TaskRun, where: taskRunConditions(filter), property: 'stateType' }),
})

/** All the peer offers. Those of `sortTime` and `id` follow an index; the others sort what the filter leaves. */
const orders = {
  ID_DESC: [['id', 'desc']],
  EXPECTED_START_TIME_ASC: by('sortTime', 'asc'),
  EXPECTED_START_TIME_DESC: by('sortTime', 'desc'),
  NAME_ASC: by('name', 'asc'),
  NAME_DESC: by('name', 'desc'),
  NEXT_SCHEDULED_START_TIME_ASC: by('nextScheduledStartTime', 'asc'),
  END_TIME_DESC: by('endTime', 'desc'),
} as const satisfies Record<string, readonly Order[]>

export const taskRunSliceOrders = Object.keys(orders) as (keyof typeof orders)[]

/** Whole task runs with their states, counted from the start of an order. */
export const sliceTaskRuns = query('task-run.slice', {
  input: filterInput.extend({ ...sliceInput, ...alsoInput, orderBy: z.enum(taskRunSliceOrders).default('ID_DESC') }),
  needs: 'task-run:read',
  async run(ctx, { limit, offset, orderBy, filter, also = [] }): Promise<TaskRunAnswer[]> {
    const where = [...taskRunConditions(filter), ...also]
    const runs = (await ctx.read.select({ entity: TaskRun, where, orderBy: orders[orderBy], limit, offset })) as unknown as TaskRunRecord[]
    const states = await readByIds<TaskRunStateRecord>(
      ctx.read,
      TaskRunState,
      runs.flatMap(({ stateId }) => stateId ?? []),
    )
    const byId = new Map(states.flatMap(state => (state ? [[state.id, state] as const] : [])))
    return runs.map(run => ({ run, state: (run.stateId && byId.get(run.stateId)) || null }))
  },
})

/** How many task runs were expected in each interval, by state, with their run times and latenesses; at most 500 intervals. */
export const taskRunHistory = query('task-run.history', {
  input: z.object({ ...alsoInput, start: z.int(), end: z.int(), interval: z.int().min(1_000_000, 'must be at least one second') }),
  needs: 'task-run:read',
  async run(ctx, { start, end, interval, also = [] }) {
    const history = createHistory(start, end, interval, ctx.clock.now())
    if (history.end > start) await eachRun(ctx, TaskRun, [...also, ...expectedBetween(start, history.end)], run => history.add(run))
    return history.intervals
  },
})

/** Completes state changes read from the log: the run as it is now, the state as it was, and only what the filter asks for. A run deleted since is left out. */
export const taskRunStateChanges = query('task-run.state-changes', {
  input: filterInput.extend({ changes: z.array(z.custom<TaskRunStateChange>()) }),
  needs: 'task-run:read',
  async run(ctx, { changes, filter }) {
    const { isSubflow: _, ...told } = filter ?? {}
    const conditions = taskRunConditions(told)
    const states = await readByIds<TaskRunStateRecord>(
      ctx.read,
      TaskRunState,
      changes.map(({ stateId }) => stateId),
    )
    const runs = await readByIds<TaskRunRecord>(
      ctx.read,
      TaskRun,
      states.flatMap(state => state?.taskRunId ?? []),
    )
    const runById = new Map(runs.flatMap(run => (run ? [[run.id, run] as const] : [])))
    return changes.flatMap(({ previousState, occurred }, index) => {
      const state = states[index]
      const run = state && runById.get(state.taskRunId)
      if (!run || !matches(conditions, { ...run, stateType: state.type, stateName: state.name })) return []
      return [{ run, state, previousState, occurred }]
    })
  },
})
