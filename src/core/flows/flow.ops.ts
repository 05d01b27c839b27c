import { z } from 'zod'
import { notFound } from '../../kernel/errors.ts'
import { addressableName, uuid } from '../../kernel/inputs.ts'
import { auditOf, inSteps, query } from '../../kernel/operation.ts'
import { alsoInput, by, countInput, countUpTo, mostCounted, pageInput, readByIds, readPage, sliceInput } from '../../kernel/paging.ts'
import { changeEvents } from '../events/index.ts'
import { atOnce, command, type FlowRecord } from '../orchestration/index.ts'
import { Flow } from './flow.entity.ts'
import { flowConditions, flowFilter } from './flow.filter.ts'

const flowEvents = changeEvents('flow')

const newFlow = z.object({
  name: addressableName,
  tags: z.array(z.string()).default([]),
  labels: z.record(z.string(), z.unknown()).default({}),
})

/** The flow of that name, made if there is none: the peer's SDK asks this before every run. */
export const ensureFlow = command('flow.ensure', {
  input: newFlow,
  needs: 'flow:write',
  reads: ({ name }, { workspace }) => ({ flowNames: [{ workspaceId: workspace.id, name }] }),
  apply(env, batch, { name, tags, labels }): { flow: FlowRecord; isNew: boolean } {
    const existing = batch.flowByName(env.workspace.id, name)
    if (existing) return { flow: existing, isNew: false }
    const flow: FlowRecord = { id: env.ids.uuid(), workspaceId: env.workspace.id, name, tags, labels, created: env.now, updated: env.now }
    batch.insertFlow(flow)
    batch.emit(flowEvents.created(env, flow))
    return { flow, isNew: true }
  },
})

/** Changes what is given. */
export const updateFlow = command('flow.update', {
  input: z.object({ id: uuid, tags: z.array(z.string()).optional(), labels: z.record(z.string(), z.unknown()).optional() }),
  needs: 'flow:write',
  reads: ({ id }) => ({ flows: [id] }),
  apply(env, batch, { id, tags, labels }): FlowRecord {
    const found = batch.flow(env.workspace.id, id)
    const flow = { ...found, tags: tags ?? found.tags, labels: labels ?? found.labels, updated: env.now }
    batch.editFlow(flow)
    batch.emit(flowEvents.updated(env, flow))
    return flow
  },
})

/** Its runs go first with their log lines and task runs, some with each step; the flow and its deployments go with the last of them. */
const deleteStep = command('flow.delete', {
  input: z.object({ id: uuid }),
  needs: 'flow:write',
  reads: ({ id }) => ({ flows: [id], contentsOfFlows: [id] }),
  apply(env, batch, { id }): { flow: FlowRecord; isDone: boolean } {
    const flow = batch.flow(env.workspace.id, id)
    const { runs, lines, taskRuns } = batch.contentsOf(id)
    const areRunsEmpty = lines.length < atOnce.lines && taskRuns.length < atOnce.taskRuns
    const isDone = areRunsEmpty && runs.length < atOnce.runs
    batch.deleteLines(lines)
    taskRuns.forEach(batch.deleteTaskRun)
    if (areRunsEmpty) for (const run of runs) batch.deleteFlowRun(run)
    if (isDone) {
      batch.deleteFlow(flow)
      batch.emit(flowEvents.deleted(env, flow))
      batch.audit(auditOf(env, 'flow.delete', id))
    }
    return { flow, isDone }
  },
})

/** Deletes a flow with its runs and deployments. */
export const deleteFlow = inSteps(deleteStep)

export const findFlowByName = query('flow.find-by-name', {
  input: z.object({ name: z.string() }),
  needs: 'flow:read',
  async run(ctx, { name }): Promise<FlowRecord> {
    const [flow] = await ctx.read.select({ entity: Flow, where: flowConditions({ names: [name] }), orderBy: [['id', 'asc']], limit: 1 })
    return (flow as unknown as FlowRecord | undefined) ?? missingFlow(name)
  },
})

export const findFlow = query('flow.find', {
  input: z.object({ id: uuid }),
  needs: 'flow:read',
  async run(ctx, { id }): Promise<FlowRecord> {
    const [flow] = await flowsByIds(ctx, { ids: [id] })
    return flow ?? missingFlow(id)
  },
})

/** In the order asked; undefined where there is none. */
export const flowsByIds = query('flow.by-ids', {
  input: z.object({ ids: z.array(uuid).max(1000) }),
  needs: 'flow:read',
  run: (ctx, { ids }) => readByIds<FlowRecord>(ctx.read, Flow, ids),
})

const orders = {
  NAME_ASC: by('name', 'asc'),
  NAME_DESC: by('name', 'desc'),
  CREATED_DESC: by('created', 'desc'),
  UPDATED_DESC: by('updated', 'desc'),
} as const

export const flowSliceOrders = Object.keys(orders) as (keyof typeof orders)[]

export const listFlows = query('flow.list', {
  input: z.object({ ...pageInput, filter: flowFilter.nullish(), orderBy: z.enum(['NAME_ASC', 'CREATED_DESC']).default('NAME_ASC') }),
  needs: 'flow:read',
  run: (ctx, { first, after, filter, orderBy }) =>
    readPage<FlowRecord>(ctx.read, { entity: Flow, where: flowConditions(filter), orderBy: orders[orderBy], first, after }),
})

/** Counted from the start of an order. */
export const sliceFlows = query('flow.slice', {
  input: z.object({ ...sliceInput, ...alsoInput, filter: flowFilter.nullish(), orderBy: z.enum(flowSliceOrders).default('NAME_ASC') }),
  needs: 'flow:read',
  run: async (ctx, { filter, also = [], orderBy, ...slice }) =>
    (await ctx.read.select({
      entity: Flow,
      where: [...flowConditions(filter), ...also],
      orderBy: orders[orderBy],
      ...slice,
    })) as unknown as FlowRecord[],
})

export const countFlows = query('flow.count', {
  input: z.object({ filter: flowFilter.nullish(), ...countInput }),
  needs: 'flow:read',
  run: (ctx, { filter, also = [], countAll }) =>
    countUpTo(ctx.read, { entity: Flow, where: [...flowConditions(filter), ...also] }, mostCounted(countAll)),
})

function missingFlow(id: string): never {
  throw notFound('Flow', id)
}
