import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../../kernel/clock.ts'
import type { Ctx, Endpoint } from '../../kernel/context.ts'
import type { Logger } from '../../kernel/logger.ts'
import type { Guard } from './guard.ts'

/** One kind of socket: which path it lives at, which subprotocol it speaks. */
export interface SocketRoute {
  /** Under a workspace's prefix: `/api/events/in`. */
  readonly path: string
  readonly protocols: readonly string[]
  readonly largestMessageBytes: number
  /** Whether a ping is answered at once, or by the route itself when it is ready to vouch for what came before. */
  readonly answersPings: boolean
  /** Whether the upgrade itself must carry credentials, or the protocol asks for them after it. */
  readonly authenticatesItself: boolean
  accept(socket: WebSocket, ctx: Ctx, request: IncomingMessage): void
}

export interface SocketSite {
  readonly server: Server
  readonly guard: Guard
  readonly log: Logger
  readonly clock: Clock
  readonly endpoint: Endpoint
  /** The context of a workspace, of the default one without a slug; undefined when there is no such workspace. */
  contextOf(workspaceSlug: string | undefined): Promise<Ctx | undefined>
}

export interface Sockets {
  route(route: SocketRoute): void
  close(): Promise<void>
}

/** How long a client may take to say goodbye before a stopping server hangs up. */
const FAREWELL_MILLISECONDS = 1000

/** Upgrades: the same guard as requests, then the route's own server. Unknown paths answer 404, which tells the SDK's worker channel to stay away. */
export function createSockets(site: SocketSite): Sockets {
  const routes = new Map<string, { route: SocketRoute; server: WebSocketServer }>()

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const knock = { headers: request.headers, method: 'GET', url: request.url ?? '/' }
    const refusal = site.guard.admit(knock)
    if (refusal) return refuse(socket, refusal.status, refusal.message)
    const { path, workspaceSlug } = locate(knock.url)
    const found = routes.get(path)
    const unauthenticated = found?.route.authenticatesItself ? undefined : site.guard.authenticate(knock)
    if (unauthenticated) return refuse(socket, 401, unauthenticated.message)
    const ctx = found && (await site.contextOf(workspaceSlug))
    if (!ctx) return refuse(socket, 404, `There is no socket at ${knock.url}.`)
    found.server.handleUpgrade(request, socket, head, client => {
      site.endpoint.openSockets++
      client.once('close', () => void site.endpoint.openSockets--)
      found.route.accept(client, ctx, request)
    })
  }

  site.server.on('upgrade', (request, socket, head) => {
    socket.on('error', error => site.log.debug({ error }, 'A socket broke before it was open.'))
    upgrade(request, socket, head).catch((error: unknown) => {
      site.log.error({ error }, 'An upgrade failed.')
      refuse(socket, 500, 'Internal Server Error')
    })
  })

  return {
    route(route) {
      const server = new WebSocketServer({
        noServer: true,
        maxPayload: route.largestMessageBytes,
        autoPong: route.answersPings,
        handleProtocols: offered => route.protocols.find(protocol => offered.has(protocol)) ?? false,
      })
      routes.set(route.path, { route, server })
    },
    async close() {
      for (const { server } of routes.values()) {
        for (const client of server.clients) {
          client.close(1001, 'The server is stopping.')
          site.clock.after(FAREWELL_MILLISECONDS, () => client.terminate())
        }
        server.close()
      }
    },
  }
}

/** `/api/workspaces/{slug}/events/in` is `/api/events/in` of that workspace. */
function locate(url: string): { path: string; workspaceSlug?: string } {
  const path = url.split('?', 1)[0]!
  const match = /^(\/api)?\/workspaces\/([^/]+)(\/.*)$/.exec(path)
  return match ? { path: (match[1] ?? '') + match[3]!, workspaceSlug: match[2]! } : { path }
}

function refuse(socket: Duplex, status: number, message: string): void {
  const body = JSON.stringify({ detail: message })
  const names: Record<number, string> = {
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    421: 'Misdirected Request',
    500: 'Internal Server Error',
  }
  socket.end(
    `HTTP/1.1 ${status} ${names[status] ?? 'Refused'}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
