import { request } from '../../client.ts'
import {
  NotificationPolicyDocument,
  PolicyPreviewDocument,
  PolicyWizardDocument,
  SendTestNotificationDocument,
} from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import { asSchema } from '../../parts/schema-form/schema-fields.ts'
import type { ChannelKind, KnownChannel } from './channel-choice.ts'
import type { ChannelForm, Foreseen, RenderedMessage, Templates, TestAnswer } from './foreseen.ts'
import { type ChannelNames, channelNamesOf, channelOf } from './known-channels.ts'
import { emptyDraft, inputOf, type PolicyDraft } from './policy-draft.ts'
import type { Sentence } from './policy-sentence.ts'
import { draftOfPolicy } from './shown-policy.ts'

const SPAN_MILLISECONDS = 7 * 86_400_000
const NOBODY = '00000000-0000-0000-0000-000000000000'

export interface ForWizard {
  draft: PolicyDraft
  channels: readonly KnownChannel[]
  kinds: readonly ChannelKind[]
  templates: Templates
}

/** What can be chosen, and what has been, of the policy that is changed or copied. */
export const askForWizard = async (id: string | undefined): Promise<ForWizard> => {
  const answer = await request(PolicyWizardDocument, { id: id ?? NOBODY, isNew: id === undefined })
  if (id !== undefined && answer.notificationPolicy == null) throw new Error('There is no such notification. It may have been deleted.')
  const names = channelNamesOf(answer)
  return {
    draft: answer.notificationPolicy ? draftOfPolicy(answer.notificationPolicy, names) : emptyDraft(),
    channels: [...names.values()],
    kinds: answer.channelKinds.map(kind => ({ ...kind, schema: asSchema(kind.schema) })),
    templates: answer.notificationTemplates,
  }
}

export interface Preview {
  foreseen: Foreseen
  message: RenderedMessage
  sentence: Sentence
  channelForms: readonly ChannelForm[]
}

export const askPreview = async (draft: ReturnType<typeof inputOf>, flowRunId: string | undefined): Promise<Preview> => {
  await clock.isKnown
  const [start, end] = [clock.now - SPAN_MILLISECONDS, clock.now + 60_000].map(time => new Date(time).toISOString()) as [string, string]
  const { previewNotificationPolicy } = await request(PolicyPreviewDocument, { draft, start, end, flowRunId: flowRunId ?? null })
  const { since, matchCount, messageCount, examples, message, sentence, channelForms } = previewNotificationPolicy
  const runs = examples.map(({ flowRunId, flowRunName, flowName, stateType, stateName, occurredAt }) => ({
    key: `${flowRunId} ${occurredAt} ${stateName}`,
    ...{ runId: flowRunId, runName: flowRunName, flowName, at: occurredAt },
    state: { type: stateType, name: stateName },
  }))
  return { foreseen: { count: matchCount, messages: messageCount, since, runs }, message, sentence, channelForms }
}

/** Really sent, to all channels of the draft. */
export const sendTest = (draft: PolicyDraft, channels: readonly KnownChannel[], flowRunId: string | undefined): Promise<TestAnswer[]> =>
  send(draft, new Map(channels.map(channel => [channel.id, channel])), flowRunId)

/** By a policy as it was saved. */
export const testPolicy = async (id: string): Promise<TestAnswer[]> => {
  const answer = await request(NotificationPolicyDocument, { id })
  if (answer.notificationPolicy == null) throw new Error('There is no such notification any more.')
  const names = channelNamesOf(answer)
  return send(draftOfPolicy(answer.notificationPolicy, names), names, undefined)
}

const send = async (draft: PolicyDraft, names: ChannelNames, flowRunId: string | undefined) => {
  const { subjectTemplate, messageTemplate, channels } = inputOf(draft)
  const input = { channels, subjectTemplate, messageTemplate, flowRunId: flowRunId ?? null }
  const { sendTestNotification } = await request(SendTestNotificationDocument, { input })
  return sendTestNotification.answers.map(({ channelId, channelName, outcome, status, latencyMilliseconds, excerpt, error }) => ({
    channel: nameOf(names, channelId, channelName),
    isDelivered: outcome === 'DELIVERED',
    said: [outcome === 'DELIVERED' ? status : null, excerpt].filter(part => part != null && part !== '').join(' '),
    wrong: error ?? '',
    at: clock.now,
    milliseconds: latencyMilliseconds,
  }))
}

const nameOf = (names: ChannelNames, id: string | null | undefined, name: string | null | undefined): string =>
  id == null ? (name ?? '') : channelOf(names, id).name
