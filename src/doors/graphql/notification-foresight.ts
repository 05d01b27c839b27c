import type { RenderedField } from '../../core/channels/index.ts'
import {
  type Composed,
  type DraftChannel,
  type PolicyPreview,
  type PreviewedMatch,
  previewNotificationPolicy,
  sendTestNotification,
  sentenceOf,
  type TestAnswer,
} from '../../core/notifications/index.ts'
import { asks, builder, type GraphqlContext } from './builder.ts'
import { NotificationChannelInput, readChannels } from './notification-channel-inputs.ts'
import { AttemptOutcome } from './notification-deliveries.ts'
import { namesOf, SentencePartRef } from './notification-policies.ts'
import { NotificationPolicyDraft, withoutNulls } from './notification-policy-edits.ts'
import { StateType } from './states.ts'

const Match = builder.objectRef<PreviewedMatch>('NotificationPolicyMatch').implement({
  description: 'A transition that a policy would have told of.',
  fields: t => ({
    flowRunId: t.field({ type: 'UUID', description: 'The run.', resolve: ({ occurrence }) => occurrence.flowRunId }),
    flowRunName: t.string({ description: 'Its name then.', resolve: ({ occurrence }) => occurrence.flowRunName }),
    flowName: t.string({ description: 'Its flow.', resolve: ({ occurrence }) => occurrence.flowName }),
    stateType: t.field({
      type: StateType,
      description: 'Type of the state it entered.',
      resolve: ({ occurrence }) => occurrence.stateType,
    }),
    stateName: t.string({ description: 'Name of that state.', resolve: ({ occurrence }) => occurrence.stateName }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it did.', resolve: ({ occurrence }) => occurrence.stateTimestamp }),
    isFolded: t.exposeBoolean('isFolded', { description: 'Whether it would have gone into a digest instead of a message of its own.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it would have.' }),
  }),
})

const Message = builder.objectRef<Composed>('NotificationMessage').implement({
  description: 'What a channel would be given.',
  fields: t => ({
    subject: t.exposeString('subject', { description: 'The subject, or the title.' }),
    body: t.exposeString('body', { description: 'The message.' }),
    link: t.exposeString('link', { nullable: true, description: 'Where it leads.' }),
    failure: t.exposeString('note', {
      nullable: true,
      description: 'Why a default text stands here where a template should: it took too long, say. Null when none does.',
    }),
  }),
})

const Field = builder.objectRef<RenderedField>('NotificationField').implement({
  description: 'A field of what a channel is given.',
  fields: t => ({
    name: t.exposeString('name', { description: 'As the provider names it, with dots between the levels: `payload.summary`.' }),
    text: t.exposeString('text', { description: 'What stands there, secrets masked.' }),
    isHtml: t.exposeBoolean('isHtml', { description: 'Whether it is HTML.' }),
  }),
})

/** The same of what a channel would say, and of what it answered. */
const channelId = {
  type: 'UUID',
  nullable: true,
  description: 'The channel; null where it is not saved yet.',
  resolve: ({ channel: { id, isSaved } }: { readonly channel: DraftChannel }) => (isSaved ? id : null),
} as const
const channelName = {
  nullable: true,
  description: 'Its name, or the one that it would be saved under; null where it was deleted.',
  resolve: ({ channel: { name } }: { readonly channel: DraftChannel }) => name,
} as const

const Form = builder.objectRef<PolicyPreview['channelForms'][number]>('NotificationChannelForm').implement({
  description: 'A message in the form that one channel gives it: subject, text and HTML of a mail, the fields of an incident at PagerDuty.',
  fields: t => ({
    channelId: t.field(channelId),
    channelName: t.string(channelName),
    kind: t.exposeString('kind', { nullable: true, description: 'Slug of its block type, as pager-duty-webhook; null when it is none.' }),
    recipients: t.stringList({
      description: 'Whom it reaches, where the channel names them one by one.',
      resolve: ({ recipients }) => [...recipients],
    }),
    fields: t.field({ type: [Field], description: 'As the first recipient gets them.', resolve: ({ fields }) => [...fields] }),
    error: t.exposeString('error', { nullable: true, description: 'Why nothing can be sent by it; null when it can.' }),
  }),
})

const Preview = builder.objectRef<PolicyPreview>('NotificationPolicyPreview').implement({
  description: 'What a policy would have done, had it been there.',
  fields: t => ({
    since: t.expose('since', {
      type: 'DateTime',
      description: 'How far back was looked: no further than events are kept, nor than 20 000 events.',
    }),
    transitionCount: t.exposeInt('transitionCount', { description: 'How many transitions were looked at.' }),
    matchCount: t.exposeInt('matchCount', { description: 'How many of them it would have told of.' }),
    messageCount: t.exposeInt('messageCount', { description: 'How many of those in a message of their own; the others in digests.' }),
    examples: t.field({ type: [Match], description: 'The newest of them, at most 20.', resolve: ({ examples }) => [...examples] }),
    message: t.field({
      type: Message,
      description: 'What it says of the chosen run, or of the newest match, or else of a made-up run.',
      resolve: ({ message }) => message,
    }),
    channelForms: t.field({
      type: [Form],
      description: 'The same in the form that each channel of the draft gives it, in their order.',
      resolve: ({ channelForms }) => [...channelForms],
    }),
    sentence: t.field({
      type: [SentencePartRef],
      description: 'What it does, as a sentence.',
      extensions: asks(previewNotificationPolicy),
      async resolve({ policy, channelForms }, _args, context) {
        const names = await namesOf(policy, context)
        const unsaved = new Map(channelForms.flatMap(({ channel }) => (channel.isSaved ? [] : [[channel.id, channel.name]])))
        const channels = names.channels.map(one => (unsaved.has(one.id) ? { id: null, name: unsaved.get(one.id)! } : one))
        return sentenceOf(policy, { ...names, channels })
      },
    }),
  }),
})

const TestAnswerRef = builder.objectRef<TestAnswer>('NotificationTestAnswer').implement({
  description: 'What a channel answered to a test.',
  fields: t => ({
    channelId: t.field(channelId),
    channelName: t.string(channelName),
    outcome: t.field({ type: AttemptOutcome, description: 'How it ended.', resolve: ({ answer }) => answer.outcome }),
    status: t.int({ nullable: true, description: 'HTTP status, or the code of an SMTP reply.', resolve: ({ answer }) => answer.status }),
    latencyMilliseconds: t.int({ description: 'How long it took.', resolve: ({ answer }) => Math.round(answer.latencySeconds * 1000) }),
    excerpt: t.string({
      nullable: true,
      description: 'The beginning of the answer, its secrets masked.',
      resolve: ({ answer }) => answer.excerpt,
    }),
    error: t.string({ nullable: true, description: 'What went wrong, in words.', resolve: ({ answer }) => answer.error }),
  }),
})

builder.queryField('previewNotificationPolicy', t =>
  t.field({
    type: Preview,
    description: 'What a policy that is still a draft would have done in a stretch of time, and what it would say.',
    args: {
      draft: t.arg({ type: NotificationPolicyDraft, required: true, description: 'The policy; channels may still be missing.' }),
      start: t.arg({ type: 'DateTime', required: true, description: 'From when.' }),
      end: t.arg({ type: 'DateTime', required: true, description: 'Until when.' }),
      flowRunId: t.arg({ type: 'UUID', description: 'Show the message about this run, if there is one.' }),
    },
    extensions: asks(previewNotificationPolicy),
    async resolve(_root, { draft: { channels, ...draft }, ...over }, context: GraphqlContext) {
      const parts = { ...withoutNulls(draft), channels: readChannels(channels) } as Parameters<typeof previewNotificationPolicy>[1]['draft']
      return previewNotificationPolicy(context.ctx, { draft: parts, ...over })
    },
  }),
)

const SendTestNotificationInput = builder.inputType('SendTestNotificationInput', {
  description: 'A notification that is really sent, to see whether it arrives.',
  fields: t => ({
    channelIds: t.field({ type: ['UUID'], description: 'Block documents of the channels, 1 to 10; or `channels`.' }),
    channels: t.field({
      type: [NotificationChannelInput],
      description: 'The channels, 1 to 10; or `channelIds`. A new one is tried as it is and not saved; what could not be saved is refused.',
    }),
    subjectTemplate: t.string({ description: 'Template of the subject. Default: the built-in one.' }),
    messageTemplate: t.string({ description: 'Template of the message. Default: the built-in one.' }),
    flowRunId: t.field({ type: 'UUID', description: 'About this run. Default: a made-up one.' }),
  }),
})

const SendTestNotificationPayload = builder.objectRef<{ answers: TestAnswer[] }>('SendTestNotificationPayload').implement({
  description: 'What the channels answered.',
  fields: t => ({ answers: t.field({ type: [TestAnswerRef], description: 'One for each channel.', resolve: ({ answers }) => answers }) }),
})

builder.mutationField('sendTestNotification', t =>
  t.field({
    type: SendTestNotificationPayload,
    description: 'Sends a test to channels, now, and answers what they answered: a failure is an answer, too.',
    args: { input: t.arg({ type: SendTestNotificationInput, required: true, description: 'To whom, and what.' }) },
    extensions: asks(sendTestNotification),
    resolve: async (_root, { input: { channels, channelIds, ...input } }, { ctx }) => ({
      answers: await sendTestNotification(ctx, { ...input, channelIds: channelIds ?? undefined, channels: readChannels(channels) }),
    }),
  }),
)
