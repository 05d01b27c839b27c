import { type AnyVariables, Client, type CombinedError, fetchExchange } from '@urql/core'
import { createClient } from 'graphql-ws'
import { retryWaitMilliseconds } from '../../client/retry.ts'
import type { TypedDocumentString } from './generated/graphql.ts'
import { createAttention } from './live/attention.ts'
import { createConnection } from './live/connection.ts'
import type { FrameSink } from './live/live-view.ts'
import { browserScheduler } from './live/schedule.ts'
import { openStream, whileVisible } from './live/stream.ts'
import { basePath } from './sub-path.ts'

const httpUrl = new URL(`${basePath}graphql`, location.origin)
const socketUrl = new URL(httpUrl)
socketUrl.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'

export const connection = createConnection(browserScheduler)
export const attention = createAttention(browserScheduler)

const look = () => attention.hide(document.hidden)
document.addEventListener('visibilitychange', look)
look()

const client = new Client({ url: httpUrl.href, exchanges: [fetchExchange], preferGetMethod: false, requestPolicy: 'network-only' })

// Close codes after which graphql-ws itself gives up: the request, the session or the protocol is not accepted.
const fatalCodes = new Set([4004, 4005, 4400, 4401, 4403, 4406, 4409, 4429, 4500])
const isFatal = (event: unknown) => event instanceof CloseEvent && fatalCodes.has(event.code)

let pingedAt = 0

const openSocket = () =>
  createClient({
    url: socketUrl.href,
    lazy: false,
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    // The default gives up for good when one reconnect meets a refused connection, that is, a server still starting.
    shouldRetry: () => true,
    retryWait: retries => new Promise(resolve => setTimeout(resolve, retryWaitMilliseconds(retries, Math.random()))),
    on: {
      connected: connection.socketOpened,
      closed: event => (isFatal(event) ? refused() : connection.socketLost()),
      ping(isFromServer) {
        if (!isFromServer) pingedAt = performance.now()
      },
      pong(isFromServer) {
        if (isFromServer) connection.roundTripped(performance.now() - pingedAt)
      },
    },
    onNonLazyError: () => undefined,
  })

// Who is refused today may be let in after a login, an upgrade or a restart of the server.
const REFUSED_RETRY_MILLISECONDS = 10_000
let isReopening = false
const refused = () => {
  connection.socketRefused()
  if (isReopening) return
  isReopening = true
  setTimeout(() => {
    isReopening = false
    if (connection.status.kind === 'live') return
    void socket.dispose()
    socket = openSocket()
  }, REFUSED_RETRY_MILLISECONDS)
}

let socket = openSocket()

/** What went wrong, in words for the page, and the reference to quote to whoever keeps the server. */
export class RequestError extends Error {
  readonly code: string
  /** Of a surprise; the log of the server has it. */
  readonly reference: string | undefined
  /** Of every request, as the log of the server and its caller's have it. */
  readonly requestId: string | undefined

  constructor(error: CombinedError) {
    const first = error.graphQLErrors[0]
    const isUnreachable = first === undefined && error.response?.status === undefined
    super(first?.message ?? (isUnreachable ? 'The server did not answer.' : `The server answered ${error.response?.status}.`))
    this.code = String(first?.extensions?.code ?? (isUnreachable ? 'UNREACHABLE' : error.response?.status))
    this.reference = first?.extensions?.reference === undefined ? undefined : String(first.extensions.reference)
    this.requestId = (error.response as Response | undefined)?.headers?.get('x-request-id') ?? undefined
  }
}

type Document<Result, Variables> = TypedDocumentString<Result, Variables>

export const request = async <Result, Variables extends AnyVariables>(
  document: Document<Result, Variables>,
  variables: Variables,
): Promise<Result> => {
  const { data, error } = await client.query<Result>(document.toString(), variables as AnyVariables).toPromise()
  if (error !== undefined) throw new RequestError(error)
  return data as Result
}

/** `after` is read at every (re)subscription: the same payload is sent again when the socket is back, or when a stream takes its place. */
export const follow = <Result, Variables extends Record<string, unknown>>(
  document: Document<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  after: () => string,
  sink: { next(result: Result): void; failed: FrameSink<never>['failed'] },
): (() => void) => {
  const resumable = Object.defineProperty({ ...variables }, 'after', { enumerable: true, get: after })
  const payload = { query: document.toString(), variables: resumable }
  const reader = {
    next: ({ data, errors }: { data?: Result | null; errors?: unknown }) => (data ? sink.next(data) : sink.failed(errors)),
    complete: () => sink.failed(new Error('The server ended the stream.')),
  }
  const unsubscribe = socket.subscribe<Result>(payload, { ...reader, error: sink.failed })
  const unstream = connection.streamWith(() =>
    whileVisible(() =>
      openStream<Result>(httpUrl, payload, { ...reader, opened: connection.streamOpened, failed: connection.streamFailed }),
    ),
  )
  return () => {
    unstream()
    unsubscribe()
  }
}
