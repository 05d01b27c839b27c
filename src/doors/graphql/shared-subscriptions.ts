import { type DocumentNode, type ExecutionArgs, type ExecutionResult, type GraphQLSchema, getOperationAST } from 'graphql'
import type { WebSocket } from 'ws'
import type { Ctx } from '../../kernel/context.ts'
import type { GraphqlContext } from './builder.ts'
import type { FanOut } from './fan-out.ts'
import type { Sink } from './trunk.ts'

/** The one variable that may differ between subscriptions that are otherwise equal. */
const AFTER = 'after'

/** A subscription whose only field says that it can be, and which gives its position, if any, by the variable `after`. */
export function isShareable(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined): boolean {
  const operation = getOperationAST(document, operationName)
  const [field, ...others] = operation?.selectionSet.selections ?? []
  if (operation?.operation !== 'subscription' || field?.kind !== 'Field' || others.length > 0) return false
  const after = field.arguments?.find(({ name }) => name.value === AFTER)?.value
  const hasOwnPlace = after !== undefined && !(after.kind === 'Variable' && after.name.value === AFTER)
  return !hasOwnPlace && schema.getSubscriptionType()?.getFields()[field.name.value]?.extensions['isShared'] === true
}

interface Subscriber {
  readonly ctx: Ctx
  readonly socket: Pick<WebSocket, 'send' | 'bufferedAmount'>
  /** Of the subscription on its socket. */
  readonly id: string
  readonly query: string
}

/** Executes a subscription once for all who ask for the same in the same workspace with the same rights. */
export function sharing(subscribe: (args: ExecutionArgs) => unknown, fanOut: FanOut, { ctx, socket, id, query }: Subscriber) {
  return (args: ExecutionArgs) => {
    const { [AFTER]: after, ...variables } = args.variableValues ?? {}
    const key = JSON.stringify([ctx.workspace.id, ctx.actor.id, ctx.actor.grants, query, args.operationName, variables])
    const context = args.contextValue as GraphqlContext
    return fanOut.join<ExecutionResult>(
      key,
      typeof after === 'string' ? after : undefined,
      async position =>
        (await subscribe({ ...args, contextValue: { ...context, position } })) as AsyncIterable<ExecutionResult> | ExecutionResult,
      sinkOf(socket, id),
    )
  }
}

const MOST_UNSENT_BYTES = 1024 * 1024

function sinkOf(socket: Subscriber['socket'], id: string): Sink {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`
  let unsent = 0
  let drained = Promise.withResolvers<void>()
  const sent = () => {
    unsent--
    if (unsent > 0) return
    drained.resolve()
    drained = Promise.withResolvers<void>()
  }
  return {
    write(payload) {
      unsent++
      socket.send(`${head}${payload}}`, sent)
      return socket.bufferedAmount < MOST_UNSENT_BYTES
    },
    drained: async () => (unsent > 0 ? drained.promise : undefined),
  }
}
