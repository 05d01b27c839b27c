import type { Ctx } from '../../kernel/context.ts'
import { isAppError } from '../../kernel/errors.ts'
import { openBlock } from '../blocks/index.ts'
import { type ChannelAnswer, type ChannelKind, type ChannelMessage, channelSender, isChannelKind } from '../channels/index.ts'

/** A channel ready to send by; or why it is none, as the answer to whatever is to be sent. */
export type OpenedChannel = { readonly kind: ChannelKind; readonly config: unknown } | { readonly answer: ChannelAnswer }

export async function openChannel(ctx: Ctx, id: string): Promise<OpenedChannel> {
  try {
    const { blockTypeSlug, data } = await openBlock(ctx, { id })
    return isChannelKind(blockTypeSlug)
      ? { kind: blockTypeSlug, config: data }
      : { answer: { ...unanswered, outcome: 'FAILED', error: `Blocks of the type ${blockTypeSlug} send nothing.` } }
  } catch (error) {
    return { answer: answerOf(ctx, error) }
  }
}

/** Whatever goes wrong is an answer. Never inside a transaction. */
export async function sendThrough(ctx: Ctx, channel: OpenedChannel, message: ChannelMessage): Promise<ChannelAnswer> {
  if ('answer' in channel) return channel.answer
  try {
    return await ctx.house.ports.use(channelSender).send(channel.kind, channel.config, message)
  } catch (error) {
    return answerOf(ctx, error)
  }
}

function answerOf(ctx: Ctx, error: unknown): ChannelAnswer {
  if (isAppError(error) && error.code === 'NOT_FOUND') return { ...unanswered, outcome: 'FAILED', error: 'The channel was deleted.' }
  if (isAppError(error)) return { ...unanswered, outcome: 'RETRY', error: error.message }
  const reference = ctx.ids.uuid()
  ctx.log.error({ error, reference }, 'A notification could not be sent, unexpectedly.')
  return { ...unanswered, outcome: 'RETRY', error: `Something went wrong here. Reference: ${reference}` }
}

const unanswered = { status: null, retryAfterSeconds: null, latencySeconds: 0, excerpt: null, remaining: null } as const
