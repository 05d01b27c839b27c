import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  countVariables,
  createVariable,
  deleteVariable,
  findVariable,
  sliceVariables,
  updateVariable,
  type VariableRecord,
  variableSliceOrders,
} from '../../core/variables/index.ts'
import { variableFilter } from './filters/variable-filter.ts'
import { sliceOf, sortOf } from './slices.ts'
import { idParameter, orDefault, time } from './wire.ts'

const newVariable = z.object({ name: z.string(), value: z.json(), tags: orDefault(z.array(z.string()), () => []) })
const change = z
  .object({ name: z.string().nullish(), value: z.json().optional(), tags: z.array(z.string()).nullish() })
  .transform(({ name, value, tags }) => ({ name: name ?? undefined, value, tags: tags ?? undefined }))
const byName = z.object({ name: z.string() })
const asked = z.object({ variables: variableFilter.nullish() })

export function variableRoutes(app: FastifyInstance): void {
  app.post('/variables/', async (request, reply) =>
    reply.code(201).send(toWire(await createVariable(request.ctx, newVariable.parse(request.body)))),
  )

  for (const [path, which] of [
    ['/variables/:id', idParameter],
    ['/variables/name/:name', (parameters: unknown) => byName.parse(parameters)],
  ] as const) {
    app.get(path, async request => toWire(await findVariable(request.ctx, which(request.params))))

    app.patch(path, async (request, reply) => {
      await updateVariable(request.ctx, { ...which(request.params), change: change.parse(request.body) })
      return reply.code(204).send()
    })

    app.delete(path, async (request, reply) => {
      await deleteVariable(request.ctx, which(request.params))
      return reply.code(204).send()
    })
  }

  const also = (request: FastifyRequest) => ({ also: asked.parse(request.body ?? {}).variables ?? [] })

  app.post('/variables/filter', async request => {
    const orderBy = sortOf(request, variableSliceOrders, 'NAME_ASC')
    return (await sliceVariables(request.ctx, { ...sliceOf(request), ...also(request), orderBy })).map(toWire)
  })

  app.post('/variables/count', async request => (await countVariables(request.ctx, { ...also(request), countAll: true })).value)
}

const toWire = ({ id, created, updated, name, value, tags }: VariableRecord) => ({
  id,
  created: time(created),
  updated: time(updated),
  name,
  value,
  tags,
})
