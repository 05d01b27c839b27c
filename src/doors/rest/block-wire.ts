import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type BlockSchemaRecord,
  type BlockTypeRecord,
  blockSchemasByIds,
  blockTypesByIds,
  type ListedBlockDocument,
  openBlockDocuments,
  type ResolvedDocument,
  resolveBlockDocuments,
} from '../../core/blocks/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { parseVerbatim } from '../../kernel/verbatim-json.ts'
import { time } from './wire.ts'

export const typeToWire = (type: BlockTypeRecord) => ({
  id: type.id,
  created: time(type.created),
  updated: time(type.updated),
  name: type.name,
  slug: type.slug,
  logo_url: type.logoUrl,
  documentation_url: type.documentationUrl,
  description: type.description,
  code_example: type.codeExample,
  is_protected: type.isProtected,
})

const schemaToWire = (schema: BlockSchemaRecord, type: BlockTypeRecord) => ({
  id: schema.id,
  created: time(schema.created),
  updated: time(schema.updated),
  checksum: schema.checksum,
  fields: parseVerbatim(schema.fields),
  block_type_id: schema.blockTypeId,
  block_type: typeToWire(type),
  capabilities: schema.capabilities,
  version: schema.version,
})

type Types = ReadonlyMap<string, BlockTypeRecord>

export async function schemasToWire(ctx: Ctx, schemas: readonly BlockSchemaRecord[]) {
  const types = await typesOf(
    ctx,
    schemas.map(({ blockTypeId }) => blockTypeId),
  )
  return schemas.map(schema => schemaToWire(schema, types.get(schema.blockTypeId)!))
}

const withSecrets = z.object({ include_secrets: z.stringbool().default(false) })

/** Whether an address asks for what is secret. */
export const asksForSecrets = ({ query }: FastifyRequest): boolean => withSecrets.parse(query).include_secrets

/** Documents with those that they refer to in their place, as the peer tells them. */
export async function documentsToWire(ctx: Ctx, documents: readonly Pick<ListedBlockDocument, 'id'>[], includeSecrets: boolean) {
  const ids = documents.map(({ id }) => id)
  const resolved = (await (includeSecrets ? openBlockDocuments : resolveBlockDocuments)(ctx, { ids })).filter(one => one !== undefined)
  const schemaIds = resolved.map(({ blockSchemaId }) => blockSchemaId)
  const schemas = new Map((await blockSchemasByIds(ctx, { ids: schemaIds })).flatMap(schema => (schema ? [[schema.id, schema]] : [])))
  const types = await typesOf(ctx, resolved.flatMap(typeIdsOf))
  return resolved.map(document => {
    const type = types.get(document.blockTypeId)!
    return {
      id: document.id,
      created: time(document.created),
      updated: time(document.updated),
      name: document.name,
      data: document.data,
      block_schema_id: document.blockSchemaId,
      block_schema: schemaToWire(schemas.get(document.blockSchemaId)!, type),
      block_type_id: document.blockTypeId,
      block_type_name: document.blockTypeName,
      block_type: typeToWire(type),
      block_document_references: referencesToWire(document, types),
      is_anonymous: document.isAnonymous,
    }
  })
}

const referencesToWire = ({ references }: ResolvedDocument, types: Types): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(references).map(([field, document]) => [
      field,
      {
        block_document: {
          id: document.id,
          name: document.name,
          block_type: typeToWire(types.get(document.blockTypeId)!),
          is_anonymous: document.isAnonymous,
          block_document_references: referencesToWire(document, types),
        },
      },
    ]),
  )

const typeIdsOf = ({ blockTypeId, references }: ResolvedDocument): string[] => [
  blockTypeId,
  ...Object.values(references).flatMap(typeIdsOf),
]

async function typesOf(ctx: Ctx, ids: readonly string[]): Promise<Types> {
  const types = await blockTypesByIds(ctx, { ids: [...new Set(ids)] })
  return new Map(types.flatMap(type => (type ? [[type.id, type]] : [])))
}
