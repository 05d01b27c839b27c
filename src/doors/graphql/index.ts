import type { FastifyReply, FastifyRequest } from 'fastify'
import { type DocumentNode, type ExecutionResult, GraphQLError, getOperationAST, OperationTypeNode } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { House } from '../../kernel/context.ts'
import type { Listener } from '../http/index.ts'
import type { GraphqlContext } from './builder.ts'
import { answerRefusals, createErrorMapper, readDocument, withoutFound } from './errors.ts'
import { serveExplorer } from './explorer.ts'
import { createFanOut } from './fan-out.ts'
import { limitDocuments } from './limits.ts'
import { createSharedSnapshots } from './live-snapshots.ts'
import { createLoaders } from './loaders.ts'
import { schema } from './schema.ts'
import { graphqlSocket } from './socket.ts'

export type Yoga = ReturnType<typeof createGraphql>

function createGraphql(house: House) {
  const shared = createSharedSnapshots()
  return createYoga<Pick<FastifyRequest, 'ctx'>, GraphqlContext>({
    schema,
    graphqlEndpoint: '*',
    graphiql: false,
    landingPage: false,
    logging: false,
    cors: false,
    batching: { limit: house.settings.graphqlMaxBatch },
    maskedErrors: { maskError: createErrorMapper(house.ids, house.log) },
    // An error kept from an earlier request would keep that request's status too.
    parserAndValidationCache: { errorCache: { get: () => undefined, set: () => undefined } },
    plugins: [limitDocuments(house.settings)],
    context: ({ ctx }) => ({ ctx, loaders: createLoaders(ctx), shared }),
  })
}

/** GraphQL at `/graphql` and `/workspaces/{slug}/graphql`: POST by the short way, everything else (GET, SSE, odd requests) through Yoga, sockets beside it. */
export function openGraphqlDoor(listener: Listener, house: House): void {
  const yoga = createGraphql(house)
  const streams = new Set<FastifyReply>()
  // A subscription never ends by itself: the server would wait for its clients to leave before it stops.
  listener.app.addHook('preClose', async () => {
    for (const { raw } of streams) raw.destroy()
  })
  void listener.app.register(async app => {
    answerRefusals(app, createErrorMapper(house.ids, house.log))
    for (const url of ['/graphql', '/workspaces/:workspaceSlug/graphql']) {
      app.route({
        method: ['GET', 'POST', 'OPTIONS'],
        url,
        bodyLimit: house.settings.graphqlMaxBytes,
        async handler(request, reply) {
          if (request.method === 'GET' && wantsPage(request)) return serveExplorer(request, reply)
          const text = await answerShortly(yoga, request)
          return text === undefined ? answerByYoga(yoga, request, reply, streams) : reply.type('application/json; charset=utf-8').send(text)
        },
      })
    }
  })
  listener.socket(graphqlSocket(yoga, createFanOut(fanOutSite(house)), house.settings))
}

const fanOutSite = (house: House): Parameters<typeof createFanOut>[0] => ({
  clock: house.clock,
  attend: log => house[log].attend(),
  isPossible: ({ logId, log, seq }) => logId === house.logId && (house.storage.isShared || seq <= house[log].newest),
})

/** A browser's address bar, also with a document in the address: the explorer reads it there. */
const wantsPage = ({ headers }: FastifyRequest): boolean => String(headers.accept).includes('text/html')

interface GraphqlRequest {
  readonly query: string
  readonly variables?: Record<string, unknown> | null
  readonly operationName?: string | null
}

/**
 * The common case without a fetch Request and Response for each call, which would cost more than the operation. Undefined: not the common case.
 * It answers text, never the reply: awaiting a reply gives undefined once it is sent, and Yoga would then execute the operation again.
 */
async function answerShortly(yoga: Yoga, request: FastifyRequest): Promise<string | undefined> {
  if (request.method !== 'POST' || !isPlain(request.body) || !/^(\*\/\*|application\/json)(,|;|$)/.test(request.headers.accept ?? '*/*'))
    return undefined
  const { query, variables, operationName } = request.body
  const {
    schema: current,
    parse,
    validate,
    execute,
    contextFactory,
  } = yoga.getEnveloped({ ctx: request.ctx, request: undefined as never, params: { query } })
  const document = readDocument(() => parse(query))
  if (document instanceof GraphQLError) return refusalOf([document], 'GRAPHQL_PARSE_FAILED')
  if (!isQueryOrMutation(document, operationName)) return undefined
  const errors = validate(current, document)
  if (errors.length > 0) return refusalOf(errors, 'GRAPHQL_VALIDATION_FAILED')
  const result = await execute({
    schema: current,
    document,
    contextValue: await contextFactory(),
    variableValues: variables ?? undefined,
    operationName: operationName ?? undefined,
  })
  // Nothing was executed: the variables do not fit. Yoga knows the status for that.
  return (result as ExecutionResult).data === undefined ? undefined : JSON.stringify(result)
}

/** A document that is refused need not be read a second time. Under this media type a refusal has status 200, which is what clients of old know. */
const refusalOf = (errors: readonly GraphQLError[], code: string): string =>
  JSON.stringify({
    errors: errors.map(error => {
      const { http, ...extensions } = error.extensions
      return { ...error.toJSON(), message: withoutFound(error.message), extensions: { code, ...extensions } }
    }),
  })

/** False also where it is not clear which operation is meant. */
function isQueryOrMutation(document: DocumentNode, operationName: string | null | undefined): boolean {
  const asked = getOperationAST(document, operationName)
  return asked !== null && asked !== undefined && asked.operation !== OperationTypeNode.SUBSCRIPTION
}

function isPlain(body: unknown): body is GraphqlRequest {
  if (typeof body !== 'object' || body === null) return false
  const { query, variables, operationName, extensions } = body as Record<string, unknown>
  const isMap = (value: unknown) => value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value))
  return (
    typeof query === 'string' &&
    isMap(variables) &&
    extensions === undefined &&
    (operationName === undefined || operationName === null || typeof operationName === 'string')
  )
}

async function answerByYoga(yoga: Yoga, request: FastifyRequest, reply: FastifyReply, streams: Set<FastifyReply>): Promise<FastifyReply> {
  const response = await yoga.handleNodeRequestAndResponse(Object.assign(request.raw, { body: request.body }), reply.raw, {
    ctx: request.ctx,
  })
  reply.code(response.status)
  response.headers.forEach((value, name) => void reply.header(name, value))
  streams.add(reply)
  reply.raw.once('close', () => streams.delete(reply))
  return reply.send(response.body ?? '')
}
