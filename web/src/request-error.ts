import type { GraphqlError } from './asking.ts'

/** What went wrong, in words for the page, and the reference to quote to whoever keeps the server. */
export class RequestError extends Error {
  readonly code: string
  /** Of a surprise; the log of the server has it. */
  readonly reference: string | undefined
  /** Of every request, as the log of the server and its caller's have it. */
  readonly requestId: string | undefined

  /** Without a status the server did not answer. */
  constructor(error: GraphqlError | undefined, status?: number, requestId?: string) {
    super(error?.message ?? (status === undefined ? 'The server did not answer.' : `The server answered ${status}.`))
    this.code = String(error?.extensions?.['code'] ?? status ?? 'UNREACHABLE')
    this.reference = error?.extensions?.['reference'] === undefined ? undefined : String(error.extensions['reference'])
    this.requestId = requestId
  }
}
