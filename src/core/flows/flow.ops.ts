import { z } from 'zod'
import { notFound } from '../../kernel/errors.ts'
import { query } from '../../kernel/operation.ts'
import { countUpTo, pageInput, readPage } from '../../kernel/paging.ts'
import { changeEvents } from '../events/index.ts'
import { command, type FlowRecord } from '../orchestration/index.ts'
import { Flow } from './flow.entity.ts'
import { flowConditions, flowFilter } from './flow.filter.ts'

const flowEvents = changeEvents('flow')

const newFlow = z.object({
  name: z.string().min(1, 'must not be empty'),
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

export const findFlow = query('flow.find', {
  input: z.object({ id: z.uuid() }),
  needs: 'flow:read',
  async run(ctx, { id }): Promise<FlowRecord> {
    const [flow] = await flowsByIds(ctx, { ids: [id] })
    return flow ?? missingFlow(id)
  },
})

/** In the order asked; undefined where there is none. */
export const flowsByIds = query('flow.by-ids', {
  input: z.object({ ids: z.array(z.uuid()).max(1000) }),
  needs: 'flow:read',
  async run(ctx, { ids }): Promise<(FlowRecord | undefined)[]> {
    const rows = await ctx.read.select({
      entity: Flow,
      where: [{ is: 'oneOf', property: 'id', values: ids }],
      orderBy: [['id', 'asc']],
      limit: ids.length,
    })
    const byId = new Map(rows.map(row => [row.id, row as unknown as FlowRecord]))
    return ids.map(id => byId.get(id))
  },
})

const orders = {
  NAME_ASC: [
    ['name', 'asc'],
    ['id', 'asc'],
  ],
  CREATED_DESC: [
    ['created', 'desc'],
    ['id', 'desc'],
  ],
} as const

export const listFlows = query('flow.list', {
  input: z.object({ ...pageInput, filter: flowFilter.nullish(), orderBy: z.enum(['NAME_ASC', 'CREATED_DESC']).default('NAME_ASC') }),
  needs: 'flow:read',
  run: (ctx, { first, after, filter, orderBy }) =>
    readPage<FlowRecord>(ctx.read, { entity: Flow, where: flowConditions(filter), orderBy: orders[orderBy], first, after }),
})

export const countFlows = query('flow.count', {
  input: z.object({ filter: flowFilter.nullish() }),
  needs: 'flow:read',
  run: (ctx, { filter }) => countUpTo(ctx.read, { entity: Flow, where: flowConditions(filter) }),
})

function missingFlow(id: string): never {
  throw notFound('Flow', id)
}
