// Receivers on loopback that behave as told: whatever is asked of them is kept.
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Behaviour = (request: Received, response: ServerResponse) => void

export interface Receiver {
  readonly port: number
  readonly received: Received[]
  /** How many connections were made to it. */
  readonly connections: () => number
  behave(behaviour: Behaviour): void
  close(): Promise<void>
}

const ok: Behaviour = (_request, response) => void response.end('ok')

export async function openReceiver(options: { host?: string; port?: number; tls?: { key: string; cert: string } } = {}): Promise<Receiver> {
  const { host = '127.0.0.1', port = 0, tls } = options
  const received: Received[] = []
  let behaviour = ok
  let connections = 0
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers: headers as Record<string, string>, body: Buffer.concat(chunks).toString() }
      received.push(one)
      behaviour(one, response)
    })
  }
  const server: Server = tls ? createHttps(tls, take) : createHttp(take)
  server.on('connection', () => void (connections += 1))
  await new Promise<void>(resolve => server.listen(port, host, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    behave: next => void (behaviour = next),
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => void server.close(() => resolve()))
    },
  }
}

export interface Line {
  readonly port: number
  readonly connections: () => number
  close(): Promise<void>
}

/** Something that takes connections and does with them as told: below HTTP, for what is broken. */
export async function openLine(take: (socket: Socket) => void, host = '127.0.0.1'): Promise<Line> {
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createTcp(socket => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    take(socket)
  })
  await new Promise<void>(resolve => server.listen(0, host, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => void server.close(() => resolve()))
    },
  }
}
