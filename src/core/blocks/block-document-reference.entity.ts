import { defineEntity, p } from '@mikro-orm/core'
import { workspaceFilter, workspaceId } from '../../kernel/columns.ts'
import { BlockDocument } from './block-document.entity.ts'

/** One document stands in a field of another. */
export const BlockDocumentReference = defineEntity({
  name: 'BlockDocumentReference',
  tableName: 'block_document_reference',
  filters: workspaceFilter,
  properties: {
    id: p.uuid().primary(),
    workspaceId: workspaceId(),
    parentId: () => p.manyToOne(BlockDocument).mapToPk().fieldName('parent_id').deleteRule('cascade').updateRule('no action').index(false),
    name: p.text(),
    documentId: () =>
      p.manyToOne(BlockDocument).mapToPk().fieldName('document_id').deleteRule('no action').updateRule('no action').index(false),
  },
  uniques: [{ properties: ['parentId', 'name'] }],
  indexes: [{ properties: ['documentId'] }],
})
