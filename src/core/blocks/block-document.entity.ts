import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, verbatimJson, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { BlockSchema } from './block-schema.entity.ts'
import { BlockType } from './block-type.entity.ts'
import type { BlockData } from './secret-fields.rules.ts'

/** A block that was saved. What is secret in it stands in `sealed` alone. */
export const BlockDocument = defineEntity({
  name: 'BlockDocument',
  tableName: 'block_document',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    name: p.text(),
    /** Without a name of its own: made by a program for itself. */
    isAnonymous: p.boolean(),
    blockTypeId: () =>
      p.manyToOne(BlockType).mapToPk().fieldName('block_type_id').deleteRule('cascade').updateRule('no action').index(false),
    /** Here too, for the order of lists: it never changes. */
    blockTypeName: p.text(),
    blockSchemaId: () =>
      p.manyToOne(BlockSchema).mapToPk().fieldName('block_schema_id').deleteRule('cascade').updateRule('no action').index(false),
    /** With a mask in the place of each secret, and references to other documents as they were given. */
    data: verbatimJson<BlockData>(),
    /** The envelope of its secrets; null where it has none. */
    sealed: p.text().nullable(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['blockTypeId', 'name'] }],
  indexes: [
    { properties: ['workspaceId', 'isAnonymous', 'name', 'id'] },
    { properties: ['workspaceId', 'blockTypeName', 'name'] },
    { properties: ['blockSchemaId'] },
  ],
})

export type BlockDocumentRecord = Readonly<InferEntity<typeof BlockDocument>>

/** What leaves this concept: envelopes do not. */
export type ListedBlockDocument = Omit<BlockDocumentRecord, 'sealed'>

export const listedProperties: readonly string[] = Object.keys(BlockDocument.meta.properties).filter(name => name !== 'sealed')

export function listed({ sealed: _, ...rest }: BlockDocumentRecord): ListedBlockDocument {
  return rest
}
