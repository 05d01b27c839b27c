import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ensureFlow, findFlow } from '../../core/flows/index.ts'
import type { FlowRecord } from '../../core/orchestration/index.ts'
import { jsonObject } from '../../kernel/inputs.ts'
import { idParameter, orDefault, time } from './wire.ts'

const newFlow = z.object({ name: z.string(), tags: orDefault(z.array(z.string()), () => []), labels: orDefault(jsonObject, () => ({})) })

export function flowRoutes(app: FastifyInstance): void {
  app.post('/flows/', async (request, reply) => {
    const { flow, isNew } = await ensureFlow(request.ctx, newFlow.parse(request.body))
    return reply.code(isNew ? 201 : 200).send(toWire(flow))
  })

  app.get('/flows/:id', async request => toWire(await findFlow(request.ctx, idParameter(request.params))))
}

const toWire = (flow: FlowRecord) => ({
  id: flow.id,
  created: time(flow.created),
  updated: time(flow.updated),
  name: flow.name,
  tags: flow.tags,
  labels: flow.labels,
})
