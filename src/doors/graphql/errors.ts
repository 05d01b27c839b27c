import { GraphQLError } from 'graphql'
import { type AppError, isAppError, issuesOf } from '../../kernel/errors.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { Logger } from '../../kernel/logger.ts'

/** This door's one mapper. A mistake keeps its words, code and path; a surprise is masked, logged, and carries a reference to quote. */
export const createErrorMapper =
  (ids: Ids, log: Logger) =>
  (error: unknown): Error => {
    const original = error instanceof GraphQLError ? error.originalError : error
    if (isAppError(original)) return toGraphql(original, error)
    if (error instanceof GraphQLError && (original === undefined || original === null || original instanceof GraphQLError)) return error
    const reference = ids.uuid()
    log.error({ error: original, reference }, 'A GraphQL operation failed unexpectedly.')
    return located(error, 'Something went wrong here, not with your request. Quote the reference when you report it.', { code: 'INTERNAL', reference })
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
