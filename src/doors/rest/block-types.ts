import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  createBlockType,
  deleteBlockType,
  findBlockDocument,
  findBlockType,
  installBlockTypes,
  listBlockCapabilities,
  sliceBlockDocuments,
  sliceBlockTypes,
  updateBlockType,
} from '../../core/blocks/index.ts'
import { asksForSecrets, documentsToWire, typeToWire } from './block-wire.ts'
import { blockTypesAsked } from './filters/block-filters.ts'
import { sliceOf } from './slices.ts'
import { idParameter, optional } from './wire.ts'

const changeable = {
  logo_url: optional(z.string()),
  documentation_url: optional(z.string()),
  description: optional(z.string()),
  code_example: optional(z.string()),
}

const inOurWords = <Given extends z.output<z.ZodObject<typeof changeable>>>({
  logo_url,
  documentation_url,
  code_example,
  ...rest
}: Given) => ({ ...rest, logoUrl: logo_url, documentationUrl: documentation_url, codeExample: code_example })

const newType = z.strictObject({ name: z.string(), slug: z.string(), ...changeable }).transform(inOurWords)
const change = z.strictObject(changeable).transform(inOurWords)
const bySlug = z.object({ slug: z.string() })
const byName = z.object({ slug: z.string(), name: z.string() })

const MOST_DOCUMENTS = 10_000

export function blockTypeRoutes(app: FastifyInstance): void {
  app.post('/block_types/', async (request, reply) =>
    reply.code(201).send(typeToWire(await createBlockType(request.ctx, newType.parse(request.body)))),
  )

  app.get('/block_types/:id', async request => typeToWire(await findBlockType(request.ctx, idParameter(request.params))))

  app.get('/block_types/slug/:slug', async request => typeToWire(await findBlockType(request.ctx, bySlug.parse(request.params))))

  app.post('/block_types/filter', async request => {
    const also = blockTypesAsked.parse(request.body ?? {})
    return (await sliceBlockTypes(request.ctx, { ...sliceOf(request), also })).map(typeToWire)
  })

  app.patch('/block_types/:id', async (request, reply) => {
    await updateBlockType(request.ctx, { ...idParameter(request.params), ...change.parse(request.body) })
    return reply.code(204).send()
  })

  app.delete('/block_types/:id', async (request, reply) => {
    await deleteBlockType(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })

  app.post('/block_types/install_system_block_types', async (request, reply) => {
    await installBlockTypes(request.ctx, {})
    return reply.type('application/json').send('null')
  })

  app.get('/block_types/slug/:slug/block_documents', async request => {
    const { id } = await findBlockType(request.ctx, bySlug.parse(request.params))
    const filter = { blockTypeIds: [id], isAnonymous: false }
    const documents = await sliceBlockDocuments(request.ctx, { filter, limit: MOST_DOCUMENTS })
    return documentsToWire(request.ctx, documents, asksForSecrets(request))
  })

  app.get('/block_types/slug/:slug/block_documents/name/:name', async request => {
    const { slug, name } = byName.parse(request.params)
    const document = await findBlockDocument(request.ctx, { blockTypeSlug: slug, name })
    return (await documentsToWire(request.ctx, [document], asksForSecrets(request)))[0]
  })

  app.get('/block_capabilities/', async request => listBlockCapabilities(request.ctx, {}))
}
