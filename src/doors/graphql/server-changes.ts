import { describeServer, type ServerDescription } from '../../core/server/index.ts'
import { rest } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { authorise } from '../../kernel/operation.ts'
import { asks, builder } from './builder.ts'
import { abortable } from './live.ts'
import { Server } from './server.ts'

/** These figures make no events; as often as this is soon enough to know them. */
const LOOK_MILLISECONDS = 5_000

builder.subscriptionField('serverChanged', t =>
  t.field({
    type: Server,
    description: 'This server, at once and whenever what it says of itself has changed: looked at every five seconds.',
    extensions: asks(describeServer),
    subscribe(_root, _args, { ctx }) {
      authorise(ctx, describeServer.operation)
      return abortable(signal => changesOfServer(ctx, signal))
    },
    resolve: server => server,
  }),
)

async function* changesOfServer(ctx: Ctx, signal: AbortSignal): AsyncGenerator<ServerDescription, void, undefined> {
  let told = ''
  while (!signal.aborted) {
    const server = await describeServer(ctx, {})
    const words = JSON.stringify({ ...server, now: undefined })
    if (words !== told) yield server
    told = words
    await rest(ctx.clock, LOOK_MILLISECONDS, signal)
  }
}
