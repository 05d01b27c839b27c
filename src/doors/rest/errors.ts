import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { type ErrorCode, isAppError, issuesOf } from '../../kernel/errors.ts'
import { toIssue } from '../../kernel/operation.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What is sent here must not be told again. */
    readonly isConfidential?: boolean
  }
}

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
    if (error instanceof ZodError) return reply.code(422).send(invalidRequest(error.issues.map(toIssue), bodyToRepeat(request)))
    if (isAppError(error)) {
      const status = statuses[error.code]
      if (error.code === 'INVALID')
        return reply.code(status).send(
          invalidRequest(
            issuesOf(error).map(issue => ({ ...issue, path: issue.path.map(toWireName) })),
            bodyToRepeat(request),
          ),
        )
      if (error.code === 'UNAVAILABLE') {
        request.ctx?.log.error({ error, requestId: request.id }, 'The database did not answer.')
        return reply.code(status).header('retry-after', '1').send({ exception_message: 'Service Unavailable' })
      }
      return reply.code(status).send({ detail: error.message })
    }
    if ('code' in error && unreadable.has(error.code))
      return reply.code(422).send(invalidRequest([{ path: [], message: error.message, code: 'json_invalid' }], null))
    const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
    if (status < 500) return reply.code(status).send({ detail: error.message })
    request.ctx?.log.error({ error, requestId: request.id }, 'A request failed unexpectedly.')
    return reply.code(500).send({ exception_message: 'Internal Server Error', reference: request.id })
  })
}

/** The peer repeats what it refuses. Secrets are not repeated. */
const bodyToRepeat = ({ body, routeOptions }: FastifyRequest): unknown => (routeOptions.config.isConfidential ? null : body)

/** The peer counts a body that is no JSON among the invalid ones. */
const unreadable: ReadonlySet<string> = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY'])

const wireNames: ReadonlyMap<string | number, string> = new Map([
  ['details', 'state_details'],
  ['metadata', 'metadata_'],
])

/** Operations name their inputs in our words; callers know the peer's. */
const toWireName = (name: string | number): string | number =>
  wireNames.get(name) ?? (typeof name === 'string' ? name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`) : name)

const invalidRequest = (
  issues: readonly { readonly path: readonly (string | number)[]; readonly message: string; readonly code: string }[],
  body: unknown,
) => ({
  exception_message: 'Invalid request received.',
  exception_detail: issues.map(({ path, message, code }) => ({ type: code, loc: ['body', ...path], msg: message })),
  request_body: body ?? null,
})
