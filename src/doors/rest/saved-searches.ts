import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { deleteSavedSearch, findSavedSearch, putSavedSearch, type SavedSearch, sliceSavedSearches } from '../../core/saved-views/index.ts'
import { sliceOf } from './slices.ts'
import { idParameter, orDefault, time } from './wire.ts'

const filter = z.object({ object: z.string(), property: z.string(), type: z.string(), operation: z.string(), value: z.json() })
const newSearch = z.object({ name: z.string(), filters: orDefault(z.array(filter), () => []) })

export function savedSearchRoutes(app: FastifyInstance): void {
  app.put('/saved_searches/', async request => toWire(await putSavedSearch(request.ctx, newSearch.parse(request.body))))

  app.get('/saved_searches/:id', async request => toWire(await findSavedSearch(request.ctx, idParameter(request.params))))

  app.post('/saved_searches/filter', async request => (await sliceSavedSearches(request.ctx, sliceOf(request))).map(toWire))

  app.delete('/saved_searches/:id', async (request, reply) => {
    await deleteSavedSearch(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })
}

const toWire = ({ id, created, updated, name, filters }: SavedSearch) => ({
  id,
  created: time(created),
  updated: time(updated),
  name,
  filters,
})
