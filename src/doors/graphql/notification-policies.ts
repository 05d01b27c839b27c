import type { ListedBlockDocument } from '../../core/blocks/index.ts'
import { type DeploymentRecord, deploymentsByIds } from '../../core/deployments/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import {
  countNotificationPolicies,
  findNotificationPolicy,
  type groupings,
  listNotificationPolicies,
  type NotificationPolicyRecord,
  type SentencePart,
  sentenceOf,
  type sentencePartKinds,
} from '../../core/notifications/index.ts'
import { asks, builder, type GraphqlContext } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { Deployment } from './deployments.ts'
import { noneIfMissing } from './errors.ts'
import { Flow } from './flows.ts'
import { StateType } from './states.ts'

export const Grouping = builder.enumType('NotificationGrouping', {
  description: 'Which runs are gathered, so that a storm becomes one message and a digest.',
  values: {
    NONE: { description: 'None: each run has its own message.' },
    FLOW: { description: 'Those of the same flow.' },
    DEPLOYMENT: { description: 'Those of the same deployment.' },
    TAG: { description: 'Those with the same tag: of several, the first that the policy names, else the first in the alphabet.' },
  } satisfies Record<(typeof groupings)[number], { description: string }>,
})

const SentencePartKind = builder.enumType('NotificationSentencePartKind', {
  description: 'What a stretch of a sentence is.',
  values: {
    TEXT: { description: 'Plain words.' },
    STATE: { description: 'A state, in words.' },
    TAG: { description: 'A tag.' },
    FLOW: { description: 'The name of a flow.' },
    DEPLOYMENT: { description: 'The name of a deployment.' },
    CHANNEL: { description: 'The name of a channel.' },
  } satisfies Record<(typeof sentencePartKinds)[number], { description: string }>,
})

export const SentencePartRef = builder.objectRef<SentencePart>('NotificationSentencePart').implement({
  description: 'A stretch of the sentence that a policy reads as. Joined, their texts are the sentence.',
  fields: t => ({
    kind: t.field({ type: SentencePartKind, description: 'What it is.', resolve: part => part.kind }),
    text: t.exposeString('text', { description: 'The words, with the spaces around them.' }),
    id: t.expose('id', { type: 'UUID', nullable: true, description: 'Id of the flow, deployment or channel that it names.' }),
    stateType: t.field({
      type: StateType,
      nullable: true,
      description: 'Of a state its kind; null where somebody has made up its name.',
      resolve: part => part.stateType,
    }),
    stateName: t.exposeString('stateName', { nullable: true, description: 'Of a state its name; null where any of its kind is meant.' }),
  }),
})

const found = <Value>(values: readonly (Value | Error | undefined)[]): Value[] =>
  values.filter(value => value !== undefined && !(value instanceof Error)) as Value[]

export const namesOf = async (
  { flowIds, deploymentIds, channelIds }: Pick<NotificationPolicyRecord, 'flowIds' | 'deploymentIds' | 'channelIds'>,
  { loaders }: GraphqlContext,
) => {
  const [flows, deployments, channels] = await Promise.all([
    loaders.flows.loadMany(flowIds),
    loaders.deployments.loadMany(deploymentIds),
    loaders.blockDocuments.loadMany(channelIds),
  ])
  const within = {
    flow: async ({ flowId, name }: DeploymentRecord) => `${(await loaders.flows.load(flowId))?.name}/${name}`,
    kind: async ({ blockTypeId, name }: ListedBlockDocument) => `${(await loaders.blockTypes.load(blockTypeId))?.slug}/${name}`,
  }
  return {
    flows: await named(flowIds, flows),
    deployments: await named(deploymentIds, deployments, within.flow),
    channels: await named(channelIds, channels, within.kind),
  }
}

const named = <One extends { readonly name: string | null }>(
  ids: readonly string[],
  found: readonly (One | Error | undefined)[],
  wholeOf?: (one: One) => Promise<string>,
) =>
  Promise.all(
    ids.map(async (id, index) => {
      const one = found[index]
      if (one === undefined || one instanceof Error) return { id, name: null }
      return { id, name: one.name, ...(wholeOf && ids.length > 1 && { whole: await wholeOf(one) }) }
    }),
  )

export const NotificationPolicy = builder.objectRef<NotificationPolicyRecord>('NotificationPolicy')

builder.objectType(NotificationPolicy, {
  description: 'When a run enters a state, who hears of it, in which words, and how often at most.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { nullable: true, description: 'A name, if it was given one; its sentence says what it does.' }),
    isActive: t.exposeBoolean('isActive', { description: 'False while it is paused: it queues nothing then.' }),
    stateNames: t.stringList({ description: 'Entering a state of any of these names.', resolve: policy => policy.stateNames }),
    stateTypes: t.field({
      type: [StateType],
      description: 'Or of any of these types. Without names and types: any state.',
      resolve: policy => policy.stateTypes,
    }),
    tags: t.stringList({ description: 'Of runs that carry any of these tags; empty: of all.', resolve: policy => policy.tags }),
    flowIds: t.field({ type: ['UUID'], description: 'Of runs of any of these flows; empty: of all.', resolve: policy => policy.flowIds }),
    flows: t.field({
      type: [Flow],
      description: 'Those flows, without those that were deleted.',
      extensions: asks(flowsByIds),
      resolve: async ({ flowIds }, _args, { loaders }) => found(await loaders.flows.loadMany(flowIds)),
    }),
    deploymentIds: t.field({
      type: ['UUID'],
      description: 'Of runs of any of these deployments; empty: of all.',
      resolve: policy => policy.deploymentIds,
    }),
    deployments: t.field({
      type: [Deployment],
      description: 'Those deployments, without those that were deleted.',
      extensions: asks(deploymentsByIds),
      resolve: async ({ deploymentIds }, _args, { loaders }) => found(await loaders.deployments.loadMany(deploymentIds)),
    }),
    channelIds: t.field({
      type: ['UUID'],
      description: 'Block documents of the channels that are told, 1 to 10.',
      resolve: policy => policy.channelIds,
    }),
    subjectTemplate: t.exposeString('subjectTemplate', { nullable: true, description: 'Template of the subject; null: the default.' }),
    messageTemplate: t.exposeString('messageTemplate', { nullable: true, description: 'Template of the message; null: the default.' }),
    groupBy: t.field({ type: Grouping, description: 'Which runs are gathered.', resolve: policy => policy.groupBy }),
    groupWaitSeconds: t.exposeInt('groupWaitSeconds', {
      description: 'How long, in seconds, further runs of a group are gathered before they are told in one digest.',
    }),
    repeatIntervalSeconds: t.exposeInt('repeatIntervalSeconds', {
      description: 'After a message about a group the next one comes no sooner than this, in seconds.',
    }),
    maxPerWindow: t.exposeInt('maxPerWindow', {
      nullable: true,
      description:
        'Most messages of a group, or of the policy where nothing is grouped, in a window; what is more goes into a digest at its end. Null: no limit.',
    }),
    windowSeconds: t.exposeInt('windowSeconds', { description: 'Length of that window, in seconds.' }),
    resolveOnCompletion: t.exposeBoolean('resolveOnCompletion', {
      description:
        'Whether the end of the trouble is told when the flow next completes; incidents at PagerDuty and Opsgenie are closed by it.',
    }),
    mutedUntil: t.expose('mutedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until then nothing is sent; what would have been stands among the deliveries as muted.',
    }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
    sentence: t.field({
      type: [SentencePartRef],
      description:
        'What it does, as a sentence: "If a run of any flow with daily-etl tag enters a failed state, send a notification to …".',
      extensions: asks(findNotificationPolicy),
      resolve: async (policy, _args, context) => sentenceOf(policy, await namesOf(policy, context)),
    }),
  }),
})

const NotificationPolicyFilter = builder.inputType('NotificationPolicyFilter', {
  description: 'Which notification policies are meant. Parts are joined by "and"; a list is met by any of its members.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    isActive: t.boolean({ description: 'Only those at work, or only those that are paused.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    stateNames: t.stringList({ description: 'That name any of these states.' }),
    stateTypes: t.field({ type: [StateType], description: 'That name any of these types of states.' }),
    tags: t.stringList({ description: 'That name any of these tags.' }),
    flowIds: t.field({ type: ['UUID'], description: 'That name any of these flows.' }),
    deploymentIds: t.field({ type: ['UUID'], description: 'That name any of these deployments.' }),
    channelIds: t.field({ type: ['UUID'], description: 'That tell any of these channels.' }),
  }),
})

builder.queryFields(t => ({
  notificationPolicies: t.field({
    type: connectionType('NotificationPolicy', NotificationPolicy, countNotificationPolicies),
    description: 'Notification policies of the workspace, newest first.',
    args: { ...pageArgs(), filter: t.arg({ type: NotificationPolicyFilter, description: 'Which.' }) },
    extensions: asks(listNotificationPolicies),
    async resolve(_root, { filter, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return {
        cursor,
        page: await listNotificationPolicies(ctx, { ...paging(page), filter }),
        count: () => countNotificationPolicies(ctx, { filter }),
      }
    },
  }),
  notificationPolicy: t.field({
    type: NotificationPolicy,
    nullable: true,
    description: 'One notification policy; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(findNotificationPolicy),
    resolve: (_root, { id }, { ctx }) => findNotificationPolicy(ctx, { id }).catch(noneIfMissing),
  }),
}))
