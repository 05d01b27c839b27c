import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant, workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { BlockType } from './block-type.entity.ts'

/** What the documents of a type hold, in one version of it. */
export const BlockSchema = defineEntity({
  name: 'BlockSchema',
  tableName: 'block_schema',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    blockTypeId: () =>
      p.manyToOne(BlockType).mapToPk().fieldName('block_type_id').deleteRule('cascade').updateRule('no action').index(false),
    checksum: p.text(),
    /** A JSON schema, as text: numbers in it keep their spelling. */
    fields: p.text(),
    capabilities: p.json<string[]>(),
    version: p.text(),
    created: instant(),
    updated: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'checksum', 'version'] }],
  indexes: [{ properties: ['blockTypeId', 'created', 'id'] }, { properties: ['workspaceId', 'created', 'id'] }],
})

export type BlockSchemaRecord = Readonly<InferEntity<typeof BlockSchema>>
