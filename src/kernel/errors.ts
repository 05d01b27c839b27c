/** A mistake of the caller, or a state of the world the caller must hear of. Anything else that is thrown is a surprise: masked, logged, and given a reference. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Facts a program may read: ids, names, limits. Never a secret. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, facts: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.facts = facts
  }
}

export type ErrorCode = 'NOT_FOUND' | 'CONFLICT' | 'INVALID' | 'FORBIDDEN' | 'UNAUTHENTICATED' | 'LOCKED' | 'TOO_MANY' | 'UNAVAILABLE'

/** One mistake in the input: where (path from the input's root), what, and what was found there. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly code: string
}

export const notFound = (noun: string, key: string): AppError => new AppError('NOT_FOUND', `${noun} ${key} not found`, { noun, key })

export const conflict = (message: string, facts?: Record<string, unknown>): AppError => new AppError('CONFLICT', message, facts)

export const forbidden = (message: string, facts?: Record<string, unknown>): AppError => new AppError('FORBIDDEN', message, facts)

export const unauthenticated = (message: string): AppError => new AppError('UNAUTHENTICATED', message)

export const unavailable = (message: string, cause?: unknown): AppError => new AppError('UNAVAILABLE', message, {}, { cause })

/** What the database refuses for the sake of its constraints. */
export const dataConflict = (cause: unknown): AppError =>
  new AppError(
    'CONFLICT',
    'Data integrity conflict: this refers to something that does not exist, or repeats what must be unique.',
    {},
    { cause },
  )

export const invalid = (issues: readonly Issue[]): AppError =>
  new AppError('INVALID', issues.map(issue => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; '), { issues })

export const invalidAt = (path: readonly (string | number)[], message: string): AppError => invalid([{ path, message, code: 'custom' }])

export const isAppError = (error: unknown): error is AppError => error instanceof AppError

export const issuesOf = (error: AppError): readonly Issue[] => (error.facts.issues as readonly Issue[] | undefined) ?? []
