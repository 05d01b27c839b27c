import { createArtifact, deleteArtifact, type ListedArtifact, updateArtifact } from '../../core/artifacts/index.ts'
import { Artifact } from './artifacts.ts'
import { asks, builder } from './builder.ts'
import { jsonObject } from './flow-run-transitions.ts'

const CreateArtifactInput = builder.inputType('CreateArtifactInput', {
  description: 'An artifact to be made.',
  fields: t => ({
    key: t.string({ description: 'Lowercase letters, digits and dashes; it becomes the latest version of it. Default: none.' }),
    type: t.string({ description: 'One of markdown, table, link, image, progress and result, or a kind of your own. Default: none.' }),
    description: t.string({ description: 'In Markdown. Default: none.' }),
    data: t.field({ type: 'JSON', description: 'At most 5 MiB of JSON, unless the server is set otherwise. Default: null.' }),
    metadata: t.field({ type: 'JSON', description: 'An object of texts; what is longer than 500 characters is cut. Default: none.' }),
    flowRunId: t.field({ type: 'UUID', description: 'The flow run that makes it. Default: none.' }),
    taskRunId: t.field({ type: 'UUID', description: 'The task run that makes it. Default: none.' }),
  }),
})

const UpdateArtifactInput = builder.inputType('UpdateArtifactInput', {
  description: 'What is to change; what is left out stays.',
  fields: t => ({
    id: t.field({ type: 'UUID', required: true, description: 'Which artifact.' }),
    data: t.field({ type: 'JSON', description: 'Other data.' }),
    description: t.string({ description: 'Another description.' }),
    metadata: t.field({ type: 'JSON', description: 'Other metadata.' }),
  }),
})

const DeleteArtifactInput = builder.inputType('DeleteArtifactInput', {
  description: 'An artifact to be deleted.',
  fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Which artifact.' }) }),
})

const payload = (name: string, description: string) =>
  builder.objectRef<{ artifact: ListedArtifact }>(name).implement({
    description,
    fields: t => ({ artifact: t.field({ type: Artifact, description: 'The artifact.', resolve: answer => answer.artifact }) }),
  })

builder.mutationFields(t => ({
  createArtifact: t.field({
    type: payload('CreateArtifactPayload', 'The artifact that was made.'),
    description: 'Makes an artifact. NOT_FOUND without the flow run, INVALID when the data is too large.',
    args: { input: t.arg({ type: CreateArtifactInput, required: true, description: 'The artifact.' }) },
    extensions: asks(createArtifact),
    resolve: async (_root, { input }, { ctx }) => ({
      artifact: await createArtifact(ctx, { ...input, metadata: jsonObject(input.metadata) }),
    }),
  }),
  updateArtifact: t.field({
    type: payload('UpdateArtifactPayload', 'The artifact as it is now.'),
    description: 'Changes an artifact. NOT_FOUND when there is none, INVALID when the data is too large.',
    args: { input: t.arg({ type: UpdateArtifactInput, required: true, description: 'The change.' }) },
    extensions: asks(updateArtifact),
    resolve: async (_root, { input: { id, ...change } }, { ctx }) => ({
      artifact: await updateArtifact(ctx, { id, change: { ...change, metadata: jsonObject(change.metadata) } }),
    }),
  }),
  deleteArtifact: t.field({
    type: payload('DeleteArtifactPayload', 'The artifact as it was.'),
    description: 'Deletes an artifact; the version before it is the latest then. NOT_FOUND when there is none.',
    args: { input: t.arg({ type: DeleteArtifactInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteArtifact),
    resolve: async (_root, { input }, { ctx }) => ({ artifact: await deleteArtifact(ctx, input) }),
  }),
}))
