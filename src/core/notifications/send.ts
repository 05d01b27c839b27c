import type { Ctx } from '../../kernel/context.ts'
import { isAppError } from '../../kernel/errors.ts'
import { openBlock } from '../blocks/index.ts'
import { type ChannelAnswer, type ChannelMessage, channelSender, isChannelKind } from '../channels/index.ts'

/** Opens a channel and sends; whatever goes wrong is an answer. Never inside a transaction. */
export async function sendThrough(ctx: Ctx, channelId: string, message: ChannelMessage): Promise<ChannelAnswer> {
  const start = ctx.clock.elapsed()
  const latencySeconds = () => (ctx.clock.elapsed() - start) / 1000
  try {
    const { blockTypeSlug, data } = await openBlock(ctx, { id: channelId })
    if (!isChannelKind(blockTypeSlug))
      return { ...unanswered, outcome: 'FAILED', error: `Blocks of the type ${blockTypeSlug} send nothing.`, latencySeconds: 0 }
    return await ctx.house.ports.use(channelSender).send(blockTypeSlug, data, message)
  } catch (error) {
    if (isAppError(error))
      return {
        ...unanswered,
        outcome: error.code === 'NOT_FOUND' ? 'FAILED' : 'RETRY',
        error: reasonOf(error),
        latencySeconds: latencySeconds(),
      }
    const reference = ctx.ids.uuid()
    ctx.log.error({ error, reference, channelId }, 'A notification could not be sent, unexpectedly.')
    return {
      ...unanswered,
      outcome: 'RETRY',
      error: `Something went wrong here. Reference: ${reference}`,
      latencySeconds: latencySeconds(),
    }
  }
}

const unanswered = { status: null, retryAfterSeconds: null, excerpt: null, remaining: null } as const

const reasonOf = (error: { readonly code: string; readonly message: string }): string =>
  error.code === 'NOT_FOUND' ? 'The channel was deleted.' : error.message
