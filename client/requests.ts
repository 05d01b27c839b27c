import { ConnectionLost, FollowError } from './errors.ts'
import { readEvents } from './event-stream.ts'
import { unlessSilent } from './silence.ts'

/** What both requests of a follower need. */
export interface Caller {
  readonly url: string | URL
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
  readonly fetch: typeof globalThis.fetch
}

interface Result<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** What passes by itself: a server that is starting, draining, or busy. */
const passing = new Set(['UNAVAILABLE', 'TOO_MANY'])

/** The results of a subscription, until the server ends it. */
export async function* subscribe<Data>(caller: Caller, query: string, variables: object): AsyncGenerator<Data, void, undefined> {
  const { body } = await post(caller, 'text/event-stream', { query, variables })
  if (!body) throw new ConnectionLost('The answer has no body.')
  for await (const events of readEvents(body)) {
    for (const { event, data } of events) {
      if (event === 'complete') return
      if (event === 'next') yield dataOf(JSON.parse(data) as Result<Data>)
    }
  }
}

export async function query<Data>(caller: Caller, document: string): Promise<Data> {
  const response = await post(caller, 'application/json', { query: document })
  return dataOf((await unlessSilent(response.json())) as Result<Data>)
}

const post = async ({ url, headers, signal, fetch }: Caller, accept: string, payload: object): Promise<Response> => {
  const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers, accept }, body: JSON.stringify(payload) }
  const response = await unlessSilent(fetch(url, signal ? { ...request, signal } : request))
  if (response.ok) return response
  const { status } = response
  const text = await response.text().catch(() => '')
  if (status >= 500 || status === 429 || status === 408) throw new ConnectionLost(`The server answered ${status}.`)
  const [error] = errorsIn(text)
  throw new FollowError(
    error?.extensions?.code ?? `HTTP_${status}`,
    error?.message ?? `${url} answered ${status}. ${text.slice(0, 200)}`.trim(),
  )
}

const dataOf = <Data>({ data, errors }: Result<Data>): Data => {
  const [error] = errors ?? []
  if (!error && data) return data
  const code = error?.extensions?.code ?? 'UNKNOWN'
  const message = error?.message ?? 'The server sent neither data nor an error.'
  throw passing.has(code) ? new ConnectionLost(message) : new FollowError(code, message)
}

const errorsIn = (text: string): NonNullable<Result<never>['errors']> => {
  try {
    return (JSON.parse(text) as Result<never>).errors ?? []
  } catch {
    return []
  }
}
