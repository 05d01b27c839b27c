import { z } from 'zod'
import { notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { action } from '../../kernel/operation.ts'
import type { ChannelAnswer } from '../channels/index.ts'
import { type DraftChannel, draftChannelsFrom, draftOf } from './draft-channels.ts'
import { asPolicy, composeFor, madeUp, occurrenceOfRun } from './drafted-message.ts'
import { policyInput } from './notification-policy.inputs.ts'
import { areChosenTwice, CHOSEN_TWICE, type ChannelChoice, channelChoices, isAnyChosen, NONE_CHOSEN } from './policy-channels.ts'
import { sendThrough } from './send.ts'

export interface TestAnswer {
  readonly channel: DraftChannel
  readonly answer: ChannelAnswer
}

/** Really sends, to each channel, what would be said of a run, or of a made-up one, and answers what the channels answered. */
export const sendTestNotification = action('notification-policy.test', {
  input: z
    .object({
      ...channelChoices,
      subjectTemplate: policyInput.shape.subjectTemplate,
      messageTemplate: policyInput.shape.messageTemplate,
      flowRunId: uuid.nullish(),
    })
    .refine(isAnyChosen, NONE_CHOSEN)
    .refine(input => !areChosenTwice(input), CHOSEN_TWICE),
  needs: 'notification-policy:write',
  subject: ({ channelIds, channels }) => channelIds?.[0] ?? wordOf(channels![0]!),
  async run(ctx, { flowRunId, channelIds, channels, ...parts }): Promise<TestAnswer[]> {
    const occurrence = flowRunId ? await occurrenceOfRun(ctx, flowRunId) : madeUp(ctx)
    if (!occurrence) throw notFound('Flow run', flowRunId!)
    const told = await draftChannelsFrom(ctx, { channelIds, channels })
    const policy = asPolicy(ctx, policyInput.parse({ ...parts, channelIds: told.map(({ id }) => id) }))
    const message = await composeFor(ctx, policy, occurrence)
    const test = { ...message, subject: `Test: ${message.subject}` }
    return Promise.all(told.map(async channel => ({ channel: draftOf(channel), answer: await sendThrough(ctx, channel.opened, test) })))
  },
})

/** For the audit: nothing of it is secret. */
const wordOf = (choice: ChannelChoice): string =>
  'id' in choice ? choice.id : 'reference' in choice ? choice.reference : [choice.kind, choice.name].filter(Boolean).join('/')
