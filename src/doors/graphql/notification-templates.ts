import { type DescribedVariable, describeMessageTemplates, type MessageTemplates } from '../../core/notifications/index.ts'
import { asks, builder } from './builder.ts'

const Variable = builder.objectRef<DescribedVariable>('NotificationVariable').implement({
  description: 'What a template of a notification may name.',
  fields: t => ({
    name: t.exposeString('name', { description: 'As it is written in braces: flow_run_name.' }),
    description: t.exposeString('description', { description: 'What stands in its place.' }),
  }),
})

const Templates = builder.objectRef<MessageTemplates>('NotificationTemplates').implement({
  description: 'The texts of notifications whose policies have none of their own.',
  fields: t => ({
    subject: t.exposeString('subject', { description: 'Template of the subject.' }),
    message: t.exposeString('message', { description: 'Template of the message.' }),
    variables: t.field({
      type: [Variable],
      description: 'What templates may name; anything else is refused when a policy is saved.',
      resolve: ({ variables }) => [...variables],
    }),
  }),
})

builder.queryField('notificationTemplates', t =>
  t.field({
    type: Templates,
    description: 'The default texts of notifications, and the variables that there are.',
    extensions: asks(describeMessageTemplates),
    resolve: (_root, _args, { ctx }) => describeMessageTemplates(ctx, {}),
  }),
)
