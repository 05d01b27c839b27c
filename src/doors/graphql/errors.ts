import type { FastifyInstance } from 'fastify'
import { type DocumentNode, GraphQLError } from 'graphql'
import { type AppError, isAppError, issuesOf } from '../../kernel/errors.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { Logger } from '../../kernel/logger.ts'

/** This door's one mapper. A mistake keeps its words, code and path; a surprise is masked, logged, and carries a reference to quote. */
export const createErrorMapper =
  (ids: Ids, log: Logger) =>
  (error: unknown): Error => {
    const original = error instanceof GraphQLError ? error.originalError : error
    if (isAppError(original)) return toGraphql(original, error)
    if (error instanceof GraphQLError && (original === undefined || original === null || original instanceof GraphQLError))
      return asInvalid(error)
    const reference = ids.uuid()
    log.error({ error: original, reference }, 'A GraphQL operation failed unexpectedly.')
    return located(error, 'Something went wrong here, not with your request. Quote the reference when you report it.', {
      code: 'INTERNAL',
      reference,
    })
  }

/** A value that does not fit the schema is a mistake like any other: it gets the same code, and the path of the value. */
function asInvalid(error: GraphQLError): GraphQLError {
  if (error.extensions['code'] !== undefined && error.extensions['code'] !== 'INVALID') return error
  const path = pathOfValue(error.message)
  return located(error, withoutFound(error.message), { ...error.extensions, code: 'INVALID', ...(path.length > 0 ? { path } : {}) })
}

/** GraphQL repeats a whole input for the sake of one field of it, and there may be a secret in another. */
export const withoutFound = (message: string): string =>
  message.replace(/, found: [[{].*$/s, '.').replace(/ got invalid value [[{].*(?=; )/s, ' got an invalid value')

/** GraphQL tells it in words only: `… at "input.tags[0]"; …`, `… required field "flowId" …`. The name of the variable is left out. */
function pathOfValue(message: string): (string | number)[] {
  const at = /^Variable "\$\w+" got invalid value .*? at "\w+\.?([^"]*)";/s.exec(message)?.[1] ?? ''
  const field = /(?:to include required|not to include unknown) field "(\w+)"/.exec(message)?.[1]
  const steps = at.split(/[.[\]]+/).filter(Boolean)
  return [...steps.map(step => (/^\d+$/.test(step) ? Number(step) : step)), ...(field ? [field] : [])]
}

/** What is refused before GraphQL is asked: an unknown workspace, a body that is none. In GraphQL's shape, under HTTP's status. */
export function answerRefusals(app: FastifyInstance, toError: (error: unknown) => Error): void {
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = isAppError(error) ? (error.code === 'NOT_FOUND' ? 404 : 503) : (error.statusCode ?? 500)
    const { message, extensions } =
      isAppError(error) || status >= 500
        ? (toError(error) as GraphQLError)
        : { message: error.message, extensions: { code: 'BAD_REQUEST' } }
    return reply.code(status).send({ errors: [{ message, extensions }] })
  })
}

/** A slip in a document is an answer to it: on a socket, not the end of all its subscriptions. */
export function readDocument(parse: () => DocumentNode): DocumentNode | GraphQLError {
  try {
    return parse()
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function toGraphql(error: AppError, located_: unknown): GraphQLError {
  const issues = issuesOf(error)
  const inputs = issues.length > 0 ? { path: issues[0]!.path, issues: issues.map(({ path, message }) => ({ path, message })) } : {}
  return located(located_, error.message, { code: error.code, ...inputs })
}

function located(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  const at = error instanceof GraphQLError ? error : undefined
  return new GraphQLError(message, { nodes: at?.nodes, path: at?.path, extensions })
}

/** For a field that is null where there is nothing. */
export function noneIfMissing(error: unknown): null {
  if (isAppError(error) && error.code === 'NOT_FOUND') return null
  throw error
}
