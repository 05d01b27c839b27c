import { createClient } from 'graphql-ws'
import { retryWaitMilliseconds } from '../../client/retry.ts'
import { createAsking, type Pace } from './asking.ts'
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

const ask = createAsking(httpUrl.href, run => void setTimeout(run))

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

type Document<Result, Variables> = TypedDocumentString<Result, Variables>

export const request = async <Result, Variables extends Record<string, unknown>>(
  document: Document<Result, Variables>,
  variables: Variables,
  pace?: Pace,
): Promise<Result> => (await ask({ query: document.toString(), variables }, pace)) as Result

/**
 * `after` is read at every (re)subscription: the same payload is sent again when the socket is back, or when a stream takes its place.
 * Streams are few, see `whileVisible`: what need not be told at once is followed over the socket only, and read now and then without one.
 */
export const follow = <Result, Variables extends Record<string, unknown>>(
  document: Document<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  after: () => string,
  sink: { next(result: Result): void; failed: FrameSink<never>['failed'] },
  way: 'any' | 'socket only' = 'any',
): (() => void) => {
  const resumable = Object.defineProperty({ ...variables }, 'after', { enumerable: true, get: after })
  const payload = { query: document.toString(), variables: resumable }
  const reader = {
    next: ({ data, errors }: { data?: Result | null; errors?: unknown }) => (data ? sink.next(data) : sink.failed(errors)),
    complete: () => sink.failed(new Error('The server ended the stream.')),
  }
  const unsubscribe = socket.subscribe<Result>(payload, { ...reader, error: sink.failed })
  if (way === 'socket only') return unsubscribe
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
