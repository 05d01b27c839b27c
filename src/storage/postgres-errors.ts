import { AppError, isAppError, unavailable } from '../kernel/errors.ts'

/** The SQLSTATE of an error of Postgres (node's own codes, such as EPIPE, have no digits), also through the wrappers of the ORM and our own; else an empty text. */
export function sqlStateOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (!isAppError(error) && typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code)) return code
  return cause === undefined ? '' : sqlStateOf(cause)
}

/** What one command asks to be written cannot be: a constraint, a value out of range. */
export const isDataError = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error))

export const isUniqueViolation = (error: unknown): boolean => sqlStateOf(error) === '23505'

/** Two transactions stood in each other's way, and Postgres has undone this one: it may simply be run again. */
export const isCollision = (error: unknown): boolean => /^40(001|P01)$/.test(sqlStateOf(error))

// Connection exceptions, authorisation, no such database, collisions, resources, operator intervention, system errors, damage; waiting too long.
const unavailableStates = /^(08|28|3D|40|53|57|58|XX|25P0[34]|55P03|55006)/

// What pg and node say when the connection is the trouble; the former has no codes for it.
const lostConnection =
  /connection terminated|connection error|timeout exceeded|read timeout|client was closed|calling end on the pool|server closed|E(CONN|PIPE|TIMEDOUT|NOTFOUND|HOST|NET|AI_)/i

/** The connection was ended from the other side, which says nothing of the next one. */
export const isLostConnection = (error: unknown): boolean => {
  const state = sqlStateOf(error)
  return state === '' ? /terminated unexpectedly|not queryable|ECONNRESET|EPIPE/.test(saidBy(error)) : /^57P0[12]$/.test(state)
}

/** Texts and JSON of Postgres cannot hold U+0000, and its JSON no half of a surrogate pair. */
const isUnstorable = (state: string, said: string): boolean =>
  state === '22021' || state === '22P05' || (state === '22P02' && / type json/.test(said))

/** A database that is lost, full, busy beyond its timeouts or damaged is Unavailable; a text it cannot hold is the caller's mistake; the rest stays what it is. */
export function asAppError(error: unknown): unknown {
  if (isAppError(error)) return error
  const state = sqlStateOf(error)
  const said = saidBy(error)
  if (state === '' ? lostConnection.test(said) : unavailableStates.test(state)) return unavailable(sentence(state, said), error)
  return isUnstorable(state, said) ? unstorable(error) : error
}

const saidBy = (error: unknown): string =>
  `${(error as NodeJS.ErrnoException | null)?.code ?? ''} ${error instanceof Error ? error.message : error}`.trim()

/** Whatever fails inside fails as one of our errors. */
export async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw asAppError(error)
  }
}

export const unstorable = (cause?: unknown): AppError =>
  new AppError(
    'INVALID',
    'A text holds a character that Postgres cannot store (U+0000, or half of a surrogate pair).',
    { issues: [{ path: [], message: 'holds a character that Postgres cannot store', code: 'custom' }] },
    { cause },
  )

function sentence(state: string, said: string): string {
  if (state === '53100') return 'The disk of the database is full: nothing was written.'
  if (state === '55P03') return 'A row or a lock of the database was held by somebody else for too long: nothing was written.'
  return `The database does not answer (${said}).`
}
