import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { deleteBlockSchema, findBlockSchema, registerBlockSchema, sliceBlockSchemas } from '../../core/blocks/index.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { parseVerbatim } from '../../kernel/verbatim-json.ts'
import { schemasToWire } from './block-wire.ts'
import { blockSchemaFilter } from './filters/block-filters.ts'
import { sliceOf } from './slices.ts'
import { idParameter } from './wire.ts'

const newSchema = z
  .strictObject({
    fields: jsonObject.optional(),
    block_type_id: uuid,
    capabilities: z.array(z.string()).optional(),
    version: z.string().optional(),
  })
  .transform(({ block_type_id, ...rest }) => ({ ...rest, blockTypeId: block_type_id }))

const asked = z.object({ block_schemas: blockSchemaFilter.nullish() })
const byChecksum = z.object({ checksum: z.string() })
const ofVersion = z.object({ version: z.string().optional() })

export function blockSchemaRoutes(app: FastifyInstance): void {
  void app.register(async scope => {
    readNumbersAsSpelt(scope)
    scope.post('/block_schemas/', async (request, reply) => {
      const { isNew, ...schema } = await registerBlockSchema(request.ctx, newSchema.parse(request.body))
      return reply.code(isNew ? 201 : 200).send((await schemasToWire(request.ctx, [schema]))[0])
    })
  })

  app.get('/block_schemas/:id', async request => {
    const schema = await findBlockSchema(request.ctx, idParameter(request.params))
    return (await schemasToWire(request.ctx, [schema]))[0]
  })

  app.get('/block_schemas/checksum/:checksum', async request => {
    const which = { ...byChecksum.parse(request.params), ...ofVersion.parse(request.query) }
    return (await schemasToWire(request.ctx, [await findBlockSchema(request.ctx, which)]))[0]
  })

  app.post('/block_schemas/filter', async request => {
    const also = asked.parse(request.body ?? {}).block_schemas ?? []
    return schemasToWire(request.ctx, await sliceBlockSchemas(request.ctx, { ...sliceOf(request), also }))
  })

  app.delete('/block_schemas/:id', async (request, reply) => {
    await deleteBlockSchema(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })
}

/** The checksum is over what the SDK has written, where `1.0` is not `1`. */
function readNumbersAsSpelt(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => {
    try {
      return parseVerbatim(body)
    } catch (error) {
      throw Object.assign(new Error((error as Error).message), { code: 'FST_ERR_CTP_INVALID_JSON_BODY' })
    }
  })
}
