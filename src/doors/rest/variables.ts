import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { createVariable, deleteVariable, findVariableByName, updateVariable, type VariableRecord } from '../../core/variables/index.ts'
import { orDefault, time } from './wire.ts'

const newVariable = z.object({ name: z.string(), value: z.json().default(null), tags: orDefault(z.array(z.string()), () => []) })
const change = z.object({ name: z.string().optional(), value: z.json().optional(), tags: z.array(z.string()).optional() })
const byName = z.object({ name: z.string() })

export function variableRoutes(app: FastifyInstance): void {
  app.post('/variables/', async (request, reply) =>
    reply.code(201).send(toWire(await createVariable(request.ctx, newVariable.parse(request.body)))),
  )

  app.get('/variables/name/:name', async request => toWire(await findVariableByName(request.ctx, byName.parse(request.params))))

  app.patch('/variables/name/:name', async (request, reply) => {
    await updateVariable(request.ctx, { ...byName.parse(request.params), change: change.parse(request.body) })
    return reply.code(204).send()
  })

  app.delete('/variables/name/:name', async (request, reply) => {
    await deleteVariable(request.ctx, byName.parse(request.params))
    return reply.code(204).send()
  })
}

const toWire = ({ id, created, updated, name, value, tags }: VariableRecord) => ({
  id,
  created: time(created),
  updated: time(updated),
  name,
  value,
  tags,
})
