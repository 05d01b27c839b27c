import { builder } from './builder.ts'
import { ChannelInput, readChannelInput } from './channel-inputs.ts'

const NewNotificationChannelInput = builder.inputType('NewNotificationChannelInput', {
  description: 'A channel that is made together with a policy: both are there then, or neither.',
  fields: t => ({
    name: t.string({
      description:
        'Lowercase letters, digits and dashes; unique among channels of its kind. Default: its kind, with a number behind it where that is taken.',
    }),
    channel: t.field({ type: ChannelInput, required: true, description: 'Its kind, with its fields.' }),
  }),
})

export const NotificationChannelInput = builder.inputType('NotificationChannelInput', {
  description: 'A channel that a policy tells: one that is there, or a new one.',
  isOneOf: true,
  fields: t => ({
    id: t.field({ type: 'UUID', description: 'Block document of a channel that is there.' }),
    reference: t.string({
      description: 'The name of one that is there: slack-webhook/alerts, or alerts where only one channel has that name.',
    }),
    create: t.field({ type: NewNotificationChannelInput, description: 'A new one.' }),
  }),
})

/** As the operations take them. */
export const readChannels = (given: readonly (typeof NotificationChannelInput.$inferInput)[] | null | undefined) =>
  given?.map(({ id, reference, create }) => {
    if (id) return { id }
    return reference ? { reference } : { name: create!.name, ...readChannelInput(create!.channel) }
  })
