import { type ChannelKindDescription, listChannelKinds } from '../../core/channels/index.ts'
import { asks, builder } from './builder.ts'

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
