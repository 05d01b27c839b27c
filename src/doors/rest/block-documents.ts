import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  blockDocumentOrders,
  countBlockDocuments,
  createBlockDocument,
  deleteBlockDocument,
  findBlockDocument,
  reasonMisplaced,
  sliceBlockDocuments,
  updateBlockDocument,
} from '../../core/blocks/index.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { asksForSecrets, documentsToWire } from './block-wire.ts'
import { blockDocumentsAsked } from './filters/block-filters.ts'
import { sliceOf, sortOf } from './slices.ts'
import { idParameter, optional, orDefault, refuse } from './wire.ts'

const newDocument = z
  .strictObject({
    name: optional(z.string()),
    data: jsonObject.optional(),
    block_schema_id: uuid,
    block_type_id: uuid,
    is_anonymous: orDefault(z.boolean(), () => false),
  })
  .transform(({ block_schema_id, block_type_id, is_anonymous, ...rest }) => ({
    ...rest,
    blockSchemaId: block_schema_id,
    blockTypeId: block_type_id,
    isAnonymous: is_anonymous,
  }))

const change = z
  .strictObject({ block_schema_id: optional(uuid), data: jsonObject.default({}), merge_existing_data: z.boolean().default(true) })
  .transform(({ block_schema_id, data, merge_existing_data }) => ({
    blockSchemaId: block_schema_id,
    data,
    isReplaced: !merge_existing_data,
  }))

const withSecrets = z.object({ include_secrets: orDefault(z.boolean(), () => false) })

/** What is sent here holds secrets: a refusal does not repeat it. */
const confidential = { config: { isConfidential: true } }

export function blockDocumentRoutes(app: FastifyInstance): void {
  app.post('/block_documents/', confidential, async (request, reply) => {
    const document = await createBlockDocument(request.ctx, newDocument.parse(request.body)).catch(asBadRequest)
    return reply.code(201).send((await documentsToWire(request.ctx, [document], false))[0])
  })

  app.get('/block_documents/:id', async request => {
    const document = await findBlockDocument(request.ctx, idParameter(request.params))
    return (await documentsToWire(request.ctx, [document], asksForSecrets(request)))[0]
  })

  app.post('/block_documents/filter', async request => {
    const { include_secrets } = withSecrets.parse(request.body ?? {})
    const orderBy = sortOf(request, blockDocumentOrders, 'NAME_ASC')
    const also = blockDocumentsAsked.parse(request.body ?? {})
    const documents = await sliceBlockDocuments(request.ctx, { ...sliceOf(request), also, orderBy })
    return documentsToWire(request.ctx, documents, include_secrets)
  })

  app.post('/block_documents/count', async request => {
    const also = blockDocumentsAsked.parse(request.body ?? {})
    return (await countBlockDocuments(request.ctx, { also, countAll: true })).value
  })

  app.patch('/block_documents/:id', confidential, async (request, reply) => {
    await updateBlockDocument(request.ctx, { ...idParameter(request.params), ...change.parse(request.body) }).catch(asBadRequest)
    return reply.code(204).send()
  })

  app.delete('/block_documents/:id', async (request, reply) => {
    await deleteBlockDocument(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })
}

/** The peer counts a reference that cannot be among bad requests, not among invalid ones. */
function asBadRequest(error: unknown): never {
  const reason = reasonMisplaced(error)
  throw reason === undefined ? error : refuse(400, reason)
}
