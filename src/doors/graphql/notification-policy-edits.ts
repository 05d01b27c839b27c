import {
  createNotificationPolicy,
  deleteNotificationPolicy,
  muteNotificationPolicy,
  type NotificationPolicyRecord,
  pauseNotificationPolicy,
  resumeNotificationPolicy,
  updateNotificationPolicy,
} from '../../core/notifications/index.ts'
import { present } from '../../kernel/inputs.ts'
import { asks, builder } from './builder.ts'
import { NotificationChannelInput, readChannels } from './notification-channel-inputs.ts'
import { Grouping, NotificationPolicy } from './notification-policies.ts'
import { StateType } from './states.ts'

type InputFields = Parameters<NonNullable<Parameters<typeof builder.inputType>[1]>['fields']>[0]

/** What a policy may be told; all of it has a default. */
const choices = (t: InputFields) => ({
  name: t.string({ description: 'A name, if it needs one. Default: none.' }),
  stateNames: t.stringList({ description: 'Entering a state of any of these names, exactly. Default: none.' }),
  stateTypes: t.field({ type: [StateType], description: 'Or of any of these types. Default: none; without names and types, any state.' }),
  tags: t.stringList({ description: 'Only of runs that carry any of these tags. Default: of all.' }),
  flowIds: t.field({ type: ['UUID'], description: 'Only of runs of any of these flows. Default: of all.' }),
  deploymentIds: t.field({ type: ['UUID'], description: 'Only of runs of any of these deployments. Default: of all.' }),
  subjectTemplate: t.string({ description: 'Template of the subject: Liquid, or names in single braces. Default: the built-in one.' }),
  messageTemplate: t.string({
    description:
      'Template of the message. INVALID with the list of variables when it names one that is unknown. Default: the built-in one.',
  }),
  groupBy: t.field({ type: Grouping, description: 'Which runs are gathered into digests. Default: NONE.' }),
  groupWaitSeconds: t.int({ description: 'How long further runs of a group are gathered for one digest, in seconds. Default: 30.' }),
  repeatIntervalSeconds: t.int({ description: 'The least time between two messages about a group, in seconds. Default: 300.' }),
  maxPerWindow: t.int({ description: 'Most messages in a window, 1 to 10000. Default: no limit.' }),
  windowSeconds: t.int({ description: 'Length of that window, in seconds. Default: 3600.' }),
  resolveOnCompletion: t.boolean({
    description:
      'Whether to tell, when the flow next completes, those who were told of its trouble: this resolves the incident at PagerDuty and Opsgenie. Default: false.',
  }),
})

const CreateNotificationPolicyInput = builder.inputType('CreateNotificationPolicyInput', {
  description: 'A notification policy to be made.',
  fields: t => ({
    ...choices(t),
    isActive: t.boolean({ description: 'Whether it works at once. Default: true.' }),
    channelIds: t.field({ type: ['UUID'], description: 'Block documents of the channels that are told, 1 to 10; or `channels`.' }),
    channels: t.field({
      type: [NotificationChannelInput],
      description: 'The channels that are told, 1 to 10, by name or made here; or `channelIds`.',
    }),
  }),
})

export const NotificationPolicyDraft = builder.inputType('NotificationPolicyDraft', {
  description: 'A notification policy that is still being thought of.',
  fields: t => ({
    ...choices(t),
    channelIds: t.field({
      type: ['UUID'],
      description: 'Block documents of the channels that are told, at most 10; or `channels`. Default: none yet.',
    }),
    channels: t.field({
      type: [NotificationChannelInput],
      description: 'The channels that are told, at most 10; or `channelIds`. A new one is not saved; what could not be saved is refused.',
    }),
  }),
})

const UpdateNotificationPolicyInput = builder.inputType('UpdateNotificationPolicyInput', {
  description: 'What is to change of a notification policy; what is left out stays.',
  fields: t => ({
    id: t.field({ type: 'UUID', required: true, description: 'Which policy.' }),
    name: t.string({ description: 'Another name; null: none.' }),
    stateNames: t.stringList({ description: 'Other names of states.' }),
    stateTypes: t.field({ type: [StateType], description: 'Other types of states.' }),
    tags: t.stringList({ description: 'Other tags.' }),
    flowIds: t.field({ type: ['UUID'], description: 'Other flows.' }),
    deploymentIds: t.field({ type: ['UUID'], description: 'Other deployments.' }),
    channelIds: t.field({ type: ['UUID'], description: 'Other channels, 1 to 10, by their block documents; or `channels`.' }),
    channels: t.field({ type: [NotificationChannelInput], description: 'Other channels, 1 to 10, by name or made here; or `channelIds`.' }),
    subjectTemplate: t.string({ description: 'Another template of the subject; null: the built-in one.' }),
    messageTemplate: t.string({ description: 'Another template of the message; null: the built-in one.' }),
    groupBy: t.field({ type: Grouping, description: 'Other runs to be gathered.' }),
    groupWaitSeconds: t.int({ description: 'Another time of gathering, in seconds.' }),
    repeatIntervalSeconds: t.int({ description: 'Another least time between two messages about a group, in seconds.' }),
    maxPerWindow: t.int({ description: 'Another limit of messages in a window; null: none.' }),
    windowSeconds: t.int({ description: 'Another length of the window, in seconds.' }),
    resolveOnCompletion: t.boolean({ description: 'Whether to tell when the flow next completes.' }),
  }),
})

const whichInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Which policy.' }) }),
  })

const MuteNotificationPolicyInput = builder.inputType('MuteNotificationPolicyInput', {
  description: 'A policy that is to be silent for a time.',
  fields: t => ({
    id: t.field({ type: 'UUID', required: true, description: 'Which policy.' }),
    until: t.field({ type: 'DateTime', description: 'Until when. Null or left out: it speaks again at once.' }),
    groupKey: t.string({ description: 'Only about this group of runs, as deliveries name it. Default: about all.' }),
  }),
})

const payload = (name: string, description: string) =>
  builder.objectRef<{ notificationPolicy: NotificationPolicyRecord }>(name).implement({
    description,
    fields: t => ({
      notificationPolicy: t.field({ type: NotificationPolicy, description: 'The policy.', resolve: answer => answer.notificationPolicy }),
    }),
  })

/** What may not be null of a policy stays as it is, or takes its default. */
const clearable = ['name', 'subjectTemplate', 'messageTemplate', 'maxPerWindow']
export const withoutNulls = <Input extends object>(input: Input) =>
  present(
    Object.fromEntries(Object.entries(input).map(([key, value]) => [key, value === null && !clearable.includes(key) ? undefined : value])),
  )

builder.mutationFields(t => ({
  createNotificationPolicy: t.field({
    type: payload('CreateNotificationPolicyPayload', 'The policy that was made.'),
    description: 'Makes a notification policy. INVALID with the path of what cannot be used.',
    args: { input: t.arg({ type: CreateNotificationPolicyInput, required: true, description: 'The policy.' }) },
    extensions: asks(createNotificationPolicy),
    resolve: async (_root, { input: { channels, ...input } }, { ctx }) => ({
      notificationPolicy: await createNotificationPolicy(ctx, { ...withoutNulls(input), channels: readChannels(channels) }),
    }),
  }),
  updateNotificationPolicy: t.field({
    type: payload('UpdateNotificationPolicyPayload', 'The policy as it is now.'),
    description: 'Changes a notification policy. NOT_FOUND when there is none of that id.',
    args: { input: t.arg({ type: UpdateNotificationPolicyInput, required: true, description: 'The change.' }) },
    extensions: asks(updateNotificationPolicy),
    resolve: async (_root, { input: { id, channels, ...change } }, { ctx }) => ({
      notificationPolicy: await updateNotificationPolicy(ctx, {
        id,
        change: { ...withoutNulls(change), channels: readChannels(channels) },
      }),
    }),
  }),
  pauseNotificationPolicy: t.field({
    type: payload('PauseNotificationPolicyPayload', 'The paused policy.'),
    description: 'Pauses a notification policy: it queues nothing; what is queued is sent. NOT_FOUND when there is none of that id.',
    args: {
      input: t.arg({
        type: whichInput('PauseNotificationPolicyInput', 'A policy to be paused.'),
        required: true,
        description: 'Which.',
      }),
    },
    extensions: asks(pauseNotificationPolicy),
    resolve: async (_root, { input }, { ctx }) => ({ notificationPolicy: await pauseNotificationPolicy(ctx, input) }),
  }),
  resumeNotificationPolicy: t.field({
    type: payload('ResumeNotificationPolicyPayload', 'The resumed policy.'),
    description: 'Lets a paused notification policy work again, from now on. NOT_FOUND when there is none of that id.',
    args: {
      input: t.arg({
        type: whichInput('ResumeNotificationPolicyInput', 'A policy to be resumed.'),
        required: true,
        description: 'Which.',
      }),
    },
    extensions: asks(resumeNotificationPolicy),
    resolve: async (_root, { input }, { ctx }) => ({ notificationPolicy: await resumeNotificationPolicy(ctx, input) }),
  }),
  muteNotificationPolicy: t.field({
    type: payload('MuteNotificationPolicyPayload', 'The policy as it is now.'),
    description:
      'Silences a notification policy until a time: what it would have sent is kept as MUTED, and the end of trouble that was told before is sent then. NOT_FOUND when there is none of that id.',
    args: { input: t.arg({ type: MuteNotificationPolicyInput, required: true, description: 'Which, and until when.' }) },
    extensions: asks(muteNotificationPolicy),
    resolve: async (_root, { input: { until, ...rest } }, { ctx }) => ({
      notificationPolicy: await muteNotificationPolicy(ctx, { ...rest, until: until ?? null }),
    }),
  }),
  deleteNotificationPolicy: t.field({
    type: payload('DeleteNotificationPolicyPayload', 'The policy as it was.'),
    description: 'Deletes a notification policy. NOT_FOUND when there is none of that id.',
    args: {
      input: t.arg({
        type: whichInput('DeleteNotificationPolicyInput', 'A policy to be deleted.'),
        required: true,
        description: 'Which.',
      }),
    },
    extensions: asks(deleteNotificationPolicy),
    resolve: async (_root, { input }, { ctx }) => ({ notificationPolicy: await deleteNotificationPolicy(ctx, input) }),
  }),
}))
