import type { Ctx } from '../../kernel/context.ts'
import { isAppError } from '../../kernel/errors.ts'
import { openBlock } from '../blocks/index.ts'
import {
  type ChannelAnswer,
  type ChannelKind,
  type ChannelMessage,
  type ChannelRendering,
  channelSender,
  isChannelKind,
} from '../channels/index.ts'

/** A channel ready to send by; or why it is none, as the answer to whatever is to be sent. */
export type OpenedChannel =
  | { readonly name: string; readonly kind: ChannelKind; readonly config: unknown }
  | { readonly answer: ChannelAnswer }

export async function openChannel(ctx: Ctx, id: string): Promise<OpenedChannel> {
  try {
    const { name, blockTypeSlug, data } = await openBlock(ctx, { id })
    return isChannelKind(blockTypeSlug)
      ? { name, kind: blockTypeSlug, config: data }
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

/** A message as one channel would say it; or why it cannot. */
export interface ChannelForm extends ChannelRendering {
  readonly kind: ChannelKind | null
  readonly error: string | null
}

export function renderThrough(ctx: Ctx, channel: OpenedChannel, message: ChannelMessage): ChannelForm {
  const none = { kind: null, recipients: [], fields: [] }
  if ('answer' in channel) return { ...none, error: channel.answer.error }
  const { kind, config } = channel
  try {
    return { kind, ...ctx.house.ports.use(channelSender).render(kind, config, message), error: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { ...none, kind, error: error.message }
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
