import type { FastifyError, FastifyInstance } from 'fastify'
import { type ErrorCode, isAppError, issuesOf } from '../../kernel/errors.ts'
import { toIssue } from '../../kernel/operation.ts'
import { ZodError } from 'zod'

const statuses: Readonly<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  CONFLICT: 409,
  INVALID: 422,
  FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  LOCKED: 423,
  TOO_MANY: 429,
  UNAVAILABLE: 503,
}

/** This door's one mapper: the peer's shapes, which its SDK reads. A surprise is masked, logged and given the request's id to quote. */
export function mapErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError | Error, request, reply) => {
    if (error instanceof ZodError) return reply.code(422).send(invalidRequest(error.issues.map(toIssue), request.body))
    if (isAppError(error)) {
      const status = statuses[error.code]
      if (error.code === 'INVALID') return reply.code(status).send(invalidRequest(issuesOf(error), request.body))
      if (error.code === 'UNAVAILABLE') {
        request.ctx?.log.error({ error, requestId: request.id }, 'The database did not answer.')
        return reply.code(status).header('retry-after', '1').send({ exception_message: 'Service Unavailable' })
      }
      return reply.code(status).send({ detail: error.message })
    }
    const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
    if (status < 500) return reply.code(status).send({ detail: error.message })
    request.ctx?.log.error({ error, requestId: request.id }, 'A request failed unexpectedly.')
    return reply.code(500).send({ exception_message: 'Internal Server Error', reference: request.id })
  })
}

const invalidRequest = (issues: readonly { readonly path: readonly (string | number)[]; readonly message: string; readonly code: string }[], body: unknown) => ({
  exception_message: 'Invalid request received.',
  exception_detail: issues.map(({ path, message, code }) => ({ type: code, loc: ['body', ...path], msg: message })),
  request_body: body ?? null,
})
