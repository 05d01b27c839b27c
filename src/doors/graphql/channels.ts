import { createBlockDocument, type ListedBlockDocument } from '../../core/blocks/index.ts'
import { type ChannelKindDescription, listChannelKinds } from '../../core/channels/index.ts'
import { BlockDocument } from './block-documents.ts'
import { asks, builder } from './builder.ts'
import { ChannelInput, readChannelInput } from './channel-inputs.ts'

const ChannelKind = builder.objectRef<ChannelKindDescription>('ChannelKind').implement({
  description: 'A way in which a notification reaches people.',
  fields: t => ({
    slug: t.exposeString('kind', { description: 'Its name, which is the slug of the block type that configures it: slack-webhook.' }),
    title: t.exposeString('title', { description: 'Its name for people.' }),
    description: t.exposeString('description', { description: 'What it does.' }),
    schema: t.expose('schema', {
      type: 'JSON',
      description: 'JSON Schema of its configuration. Fields that are `writeOnly` are secrets: taken, never shown.',
    }),
    urlForms: t.exposeStringList('urlForms', { description: 'Apprise URLs that describe such a channel, with what is to be filled in.' }),
  }),
})

builder.queryFields(t => ({
  channelKinds: t.field({
    type: [ChannelKind],
    description: 'The kinds of channels there are, by their slugs.',
    extensions: asks(listChannelKinds),
    resolve: async (_root, _args, { ctx }) => [...(await listChannelKinds(ctx, {}))],
  }),
}))

const CreateChannelInput = builder.inputType('CreateChannelInput', {
  description: 'A channel to be saved.',
  fields: t => ({
    name: t.string({ required: true, description: 'Lowercase letters, digits and dashes; unique among channels of its kind.' }),
    channel: t.field({ type: ChannelInput, required: true, description: 'Its kind, with its fields.' }),
  }),
})

const CreateChannelPayload = builder.objectRef<{ channel: ListedBlockDocument }>('CreateChannelPayload').implement({
  description: 'The channel that was saved.',
  fields: t => ({
    channel: t.field({
      type: BlockDocument,
      description: 'The block that holds it, its secrets masked.',
      resolve: answer => answer.channel,
    }),
  }),
})

builder.mutationFields(t => ({
  createChannel: t.field({
    type: CreateChannelPayload,
    description:
      'Saves a channel as a block of its kind. INVALID with the field when it could not send, CONFLICT when the name is taken, LOCKED when this server cannot keep a secret.',
    args: { input: t.arg({ type: CreateChannelInput, required: true, description: 'The channel.' }) },
    extensions: asks(createBlockDocument),
    resolve: async (_root, { input: { name, channel } }, { ctx }) => {
      const { kind, config } = readChannelInput(channel)
      return { channel: await createBlockDocument(ctx, { name, blockTypeSlug: kind, data: config as never, isChecked: true }) }
    },
  }),
}))
