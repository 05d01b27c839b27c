// The two ways of asking a server on loopback: fetch, and raw HTTP for headers that fetch does not let one set.
import { type IncomingHttpHeaders, request } from 'node:http'
import WebSocket from 'ws'

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface RawQuestion {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** One request with exactly these headers. An upgrade that succeeds answers 101. */
export function knock(port: number, { method = 'GET', path = '/', headers = {}, body }: RawQuestion): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const asked = request({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headers }, agent: false }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', part => (text += part))
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }))
    })
    asked.on('upgrade', (answer, socket) => {
      socket.destroy()
      resolve({ status: 101, headers: answer.headers, text: '' })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

export const upgrade = (port: number, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  knock(port, {
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      ...headers,
    },
  })

export async function graphql<Data = any>(
  url: string,
  query: string,
  variables?: object,
  headers: Record<string, string> = {},
): Promise<{ data: Data; errors?: any[] }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return (await answer.json()) as { data: Data; errors?: any[] }
}

export interface SocketEnd {
  readonly socket: WebSocket
  readonly messages: string[]
  /** The next message, or a refusal when the socket closes first. */
  next(): Promise<string>
  ping(): Promise<void>
  readonly closed: Promise<{ code: number; reason: string }>
}

/** A socket that is open, with its messages in the order they came. */
export async function openSocket(url: string, protocol: string | undefined, headers: Record<string, string> = {}): Promise<SocketEnd> {
  const socket = protocol === undefined ? new WebSocket(url, { headers }) : new WebSocket(url, protocol, { headers })
  const messages: string[] = []
  const waiting: PromiseWithResolvers<string>[] = []
  let taken = 0
  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.on('close', (code, reason) => {
      for (const one of waiting.splice(0)) one.reject(new Error(`The socket was closed with ${code} ${reason}.`))
      resolve({ code, reason: String(reason) })
    })
  })
  socket.on('message', data => {
    messages.push(String(data))
    const one = waiting.shift()
    if (one) one.resolve(messages[taken++]!)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  return {
    socket,
    messages,
    closed,
    next() {
      if (taken < messages.length) return Promise.resolve(messages[taken++]!)
      const one = Promise.withResolvers<string>()
      waiting.push(one)
      return one.promise
    },
    ping: () =>
      new Promise((resolve, reject) => {
        socket.once('pong', () => resolve())
        socket.once('close', () => reject(new Error('The socket was closed.')))
        socket.ping()
      }),
  }
}
