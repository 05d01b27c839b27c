export { blockDocumentConditions, blockSchemaConditions, blockTypeConditions, ofSchema, ofType } from './block.filter.ts'
export { BlockDocument, type ListedBlockDocument } from './block-document.entity.ts'
export { createBlockDocument, deleteBlockDocument, openBlockDraft, updateBlockDocument } from './block-document.ops.ts'
export type { ResolvedDocument } from './block-document.resolve.ts'
export { BlockDocumentReference } from './block-document-reference.entity.ts'
export { ensureBlockTypes, installBlockTypes, installInto, missingBlockTypes } from './block-install.ops.ts'
export {
  type BlockUse,
  blockDocumentOrders,
  blockDocumentsByIds,
  blockDocumentUses,
  countBlockDocuments,
  countBlockDocumentsByType,
  findBlockDocument,
  listBlockDocuments,
  resolveBlockDocuments,
  sliceBlockDocuments,
} from './block-lists.ops.ts'
export { documentReferencesOf, reasonMisplaced } from './block-references.rules.ts'
export { type RekeyStep, rekeyBlockDocuments, rekeySecrets } from './block-rekey.ops.ts'
export { BlockSchema, type BlockSchemaRecord } from './block-schema.entity.ts'
export { deleteBlockSchema, findBlockSchema, type RegisteredSchema, registerBlockSchema } from './block-schema.ops.ts'
export { type BlockFields, checksumOf, secretFieldsOf } from './block-schema.rules.ts'
export { type OpenedBlock, openBlock, openBlockDocuments } from './block-secrets.ops.ts'
export { BlockType, type BlockTypeRecord } from './block-type.entity.ts'
export { createBlockType, deleteBlockType, findBlockType, updateBlockType } from './block-type.ops.ts'
export {
  blockSchemasByIds,
  blockTypesByIds,
  countBlockSchemas,
  countBlockTypes,
  listBlockCapabilities,
  listBlockSchemas,
  listBlockTypes,
  newestBlockSchemas,
  sliceBlockSchemas,
  sliceBlockTypes,
} from './block-type-lists.ops.ts'
