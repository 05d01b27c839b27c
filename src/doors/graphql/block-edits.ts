import {
  type BlockTypeRecord,
  createBlockDocument,
  deleteBlockDocument,
  deleteBlockType,
  type ListedBlockDocument,
  updateBlockDocument,
} from '../../core/blocks/index.ts'
import { BlockDocument } from './block-documents.ts'
import { BlockType } from './block-types.ts'
import { asks, builder } from './builder.ts'
import { jsonObject } from './flow-run-transitions.ts'

const CreateBlockDocumentInput = builder.inputType('CreateBlockDocumentInput', {
  description: 'A block to be saved.',
  fields: t => ({
    name: t.string({ description: 'Lowercase letters, digits and dashes; unique among blocks of its type. Needed unless anonymous.' }),
    blockTypeSlug: t.string({ description: 'Its type, by slug. Needed unless a schema is named.' }),
    blockSchemaId: t.field({ type: 'UUID', description: 'The schema to save it with. Default: the newest of its type.' }),
    data: t.field({
      type: 'JSON',
      required: true,
      description: 'What it holds, secrets in the open; another block as `{"$ref": {"block_document_id": …}}`.',
    }),
    isAnonymous: t.boolean({ description: 'Whether it is to have no name of its own. Default: false.' }),
  }),
})

const UpdateBlockDocumentInput = builder.inputType('UpdateBlockDocumentInput', {
  description: 'What is to change; what is left out stays.',
  fields: t => ({
    id: t.field({ type: 'UUID', required: true, description: 'Which block.' }),
    data: t.field({ type: 'JSON', description: 'Other data, field by field. A secret that is sent as `********` stays as it is.' }),
    isReplaced: t.boolean({ description: 'Whether fields that are left out go. Default: false.' }),
    blockSchemaId: t.field({ type: 'UUID', description: 'Another schema of its type.' }),
  }),
})

const DeleteBlockDocumentInput = builder.inputType('DeleteBlockDocumentInput', {
  description: 'A block to be deleted.',
  fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Which block.' }) }),
})

const DeleteBlockTypeInput = builder.inputType('DeleteBlockTypeInput', {
  description: 'A kind of block to be deleted.',
  fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Which type.' }) }),
})

const payload = (name: string, description: string) =>
  builder.objectRef<{ blockDocument: ListedBlockDocument }>(name).implement({
    description,
    fields: t => ({ blockDocument: t.field({ type: BlockDocument, description: 'The block.', resolve: answer => answer.blockDocument }) }),
  })

const DeleteBlockTypePayload = builder.objectRef<{ blockType: BlockTypeRecord }>('DeleteBlockTypePayload').implement({
  description: 'The type as it was.',
  fields: t => ({ blockType: t.field({ type: BlockType, description: 'The type.', resolve: answer => answer.blockType }) }),
})

builder.mutationFields(t => ({
  createBlockDocument: t.field({
    type: payload('CreateBlockDocumentPayload', 'The block that was saved.'),
    description:
      'Saves a block. INVALID when its data does not fit its schema, CONFLICT when the name is taken, LOCKED when this server cannot keep a secret.',
    args: { input: t.arg({ type: CreateBlockDocumentInput, required: true, description: 'The block.' }) },
    extensions: asks(createBlockDocument),
    resolve: async (_root, { input }, { ctx }) => ({
      blockDocument: await createBlockDocument(ctx, {
        ...input,
        data: jsonObject(input.data) as never,
        isAnonymous: input.isAnonymous ?? undefined,
        isChecked: true,
      }),
    }),
  }),
  updateBlockDocument: t.field({
    type: payload('UpdateBlockDocumentPayload', 'The block as it is now.'),
    description:
      'Changes a block. NOT_FOUND when there is none, INVALID when its data does not fit its schema, LOCKED when this server cannot keep a secret.',
    args: { input: t.arg({ type: UpdateBlockDocumentInput, required: true, description: 'The change.' }) },
    extensions: asks(updateBlockDocument),
    resolve: async (_root, { input }, { ctx }) => ({
      blockDocument: await updateBlockDocument(ctx, {
        ...input,
        data: (jsonObject(input.data) ?? undefined) as never,
        isReplaced: input.isReplaced ?? undefined,
        isChecked: true,
      }),
    }),
  }),
  deleteBlockDocument: t.field({
    type: payload('DeleteBlockDocumentPayload', 'The block as it was.'),
    description: 'Deletes a block. NOT_FOUND when there is none, CONFLICT while another holds it.',
    args: { input: t.arg({ type: DeleteBlockDocumentInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteBlockDocument),
    resolve: async (_root, { input }, { ctx }) => ({ blockDocument: await deleteBlockDocument(ctx, input) }),
  }),
  deleteBlockType: t.field({
    type: DeleteBlockTypePayload,
    description:
      'Deletes a kind of block with all of its blocks. FORBIDDEN for those that come with the server, CONFLICT while a block of another kind holds one.',
    args: { input: t.arg({ type: DeleteBlockTypeInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteBlockType),
    resolve: async (_root, { input }, { ctx }) => ({ blockType: await deleteBlockType(ctx, input) }),
  }),
}))
