import { GraphQLError } from 'graphql'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { Timer } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { SocketRoute } from '../http/index.ts'
import { readDocument } from './errors.ts'
import type { FanOut } from './fan-out.ts'
import type { Yoga } from './index.ts'
import { isShareable, sharing } from './shared-subscriptions.ts'

interface Extra {
  readonly ctx: Ctx
  readonly socket: Pick<WebSocket, 'send' | 'bufferedAmount'>
  /** Runs until its first word. */
  readonly patience: Timer
}

// A page that is still being put together on a busy machine says its first word late. Turned away, it would come again and be later still.
const FIRST_WORD_MILLISECONDS = 30_000

/** graphql-ws on the same address as the queries. It waits for each message to leave, so a slow reader slows only itself. */
export function graphqlSocket(yoga: Yoga, fanOut: FanOut, { graphqlMaxSubscriptions, graphqlMaxBytes }: Settings): SocketRoute {
  const server = makeServer<Record<string, unknown>, Extra>({
    // Its own is a timer that the clock does not know, and runs out after three seconds.
    connectionInitWaitTimeout: 0,
    onConnect: ({ extra }) => extra.patience.stop(),
    async onSubscribe({ extra, subscriptions }, id, { query, variables, operationName }) {
      if (Object.keys(subscriptions).length > graphqlMaxSubscriptions) {
        return [
          new GraphQLError(`At most ${graphqlMaxSubscriptions} subscriptions at once are allowed on one socket.`, {
            extensions: { code: 'TOO_MANY' },
          }),
        ]
      }
      const { schema, parse, validate, execute, subscribe, contextFactory } = yoga.getEnveloped({
        ctx: extra.ctx,
        request: undefined as never,
        params: { query },
      })
      const document = readDocument(() => parse(query))
      if (document instanceof GraphQLError) return [document]
      const errors = validate(schema, document)
      if (errors.length > 0) return errors
      return {
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: await contextFactory(),
        rootValue: {
          execute,
          subscribe: isShareable(schema, document, operationName) ? sharing(subscribe, fanOut, { ...extra, id, query }) : subscribe,
        },
      }
    },
    execute: args => (args.rootValue as Executors).execute(args) as never,
    subscribe: args => (args.rootValue as Executors).subscribe(args) as never,
  })

  return {
    path: '/graphql',
    protocols: [GRAPHQL_TRANSPORT_WS_PROTOCOL],
    largestMessageBytes: graphqlMaxBytes,
    answersPings: true,
    authenticatesItself: false,
    accept(socket, ctx) {
      const patience = ctx.clock.after(FIRST_WORD_MILLISECONDS, () =>
        socket.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
      )
      const closed = server.opened(
        {
          protocol: socket.protocol,
          send: data => new Promise((resolve, reject) => socket.send(data, error => (error ? reject(error) : resolve()))),
          close: (code, reason) => socket.close(code, reason),
          onMessage: listener =>
            socket.on('message', data => void listener(data.toString()).catch(() => socket.close(1011, 'Internal error'))),
        },
        { ctx, socket, patience },
      )
      const beat = setPings(ctx, socket)
      socket.on('close', (code, reason) => {
        beat.stop()
        patience.stop()
        void closed(code, reason.toString())
      })
      socket.on('error', error => ctx.log.debug({ error }, 'A GraphQL socket broke.'))
    },
  }
}

interface Executors {
  execute(args: unknown): unknown
  subscribe(args: unknown): unknown
}

const PING_EVERY_MILLISECONDS = 20_000

interface Pinged {
  ping(): void
  terminate(): void
  once(event: 'pong', listener: () => void): unknown
}

/** A peer that has gone without a word is found out by its silence. */
function setPings({ clock }: Ctx, socket: Pinged): { stop(): void } {
  let timer = clock.after(PING_EVERY_MILLISECONDS, beat)
  let isAlive = true
  function beat() {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.once('pong', () => {
      isAlive = true
    })
    socket.ping()
    timer = clock.after(PING_EVERY_MILLISECONDS, beat)
  }
  return { stop: () => timer.stop() }
}
