import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  countFlows,
  deleteFlow,
  ensureFlow,
  findFlow,
  findFlowByName,
  flowSliceOrders,
  sliceFlows,
  updateFlow,
} from '../../core/flows/index.ts'
import type { FlowRecord } from '../../core/orchestration/index.ts'
import { jsonObject } from '../../kernel/inputs.ts'
import { flowsAsked } from './filters/across.ts'
import { flowFilter } from './filters/flow-filter.ts'
import { bulkLimit, pageOf, pageToWire, sliceOf, sortOf } from './slices.ts'
import { idParameter, orDefault, time } from './wire.ts'

const newFlow = z.object({ name: z.string(), tags: orDefault(z.array(z.string()), () => []), labels: orDefault(jsonObject, () => ({})) })
const change = z.strictObject({ tags: z.array(z.string()).optional() })
const byName = z.object({ name: z.string() })
const bulk = z.object({ flows: flowFilter.nullish(), limit: bulkLimit })

const asked = (request: FastifyRequest) => ({ also: flowsAsked.parse(request.body ?? {}) })

export function flowRoutes(app: FastifyInstance): void {
  app.post('/flows/', async (request, reply) => {
    const { flow, isNew } = await ensureFlow(request.ctx, newFlow.parse(request.body))
    return reply.code(isNew ? 201 : 200).send(toWire(flow))
  })

  app.get('/flows/:id', async request => toWire(await findFlow(request.ctx, idParameter(request.params))))

  app.get('/flows/name/:name', async request => toWire(await findFlowByName(request.ctx, byName.parse(request.params))))

  app.patch('/flows/:id', async (request, reply) => {
    await updateFlow(request.ctx, { ...idParameter(request.params), ...change.parse(request.body) })
    return reply.code(204).send()
  })

  app.delete('/flows/:id', async (request, reply) => {
    await deleteFlow(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })

  const slice = async (request: FastifyRequest, range: ReturnType<typeof sliceOf>) =>
    (await sliceFlows(request.ctx, { ...range, ...asked(request), orderBy: sortOf(request, flowSliceOrders, 'NAME_ASC') })).map(toWire)
  const count = async (request: FastifyRequest) => (await countFlows(request.ctx, { ...asked(request), countAll: true })).value

  app.post('/flows/filter', request => slice(request, sliceOf(request)))
  app.post('/flows/count', count)
  app.post('/flows/paginate', async request => {
    const page = pageOf(request)
    return pageToWire(await slice(request, page.slice), await count(request), page)
  })

  app.post('/flows/bulk_delete', async request => {
    const { flows, limit } = bulk.parse(request.body ?? {})
    const found = await sliceFlows(request.ctx, { also: flows ?? [], limit })
    const deleted = await deleteFlow.all(
      request.ctx,
      found.map(({ id }) => ({ id })),
    )
    return { deleted: deleted.map(({ flow }) => flow.id) }
  })
}

const toWire = (flow: FlowRecord) => ({
  id: flow.id,
  created: time(flow.created),
  updated: time(flow.updated),
  name: flow.name,
  tags: flow.tags,
  labels: flow.labels,
})
