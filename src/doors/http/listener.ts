import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { defaultWorkspace, findWorkspaceBySlug } from '../../core/workspaces/index.ts'
import { type Ctx, createContext, type House, type WorkspaceRef } from '../../kernel/context.ts'
import { AppError, isAppError } from '../../kernel/errors.ts'
import { owner, systemActor } from '../../kernel/permissions.ts'
import { product } from '../../kernel/product.ts'
import type { Settings } from '../../kernel/settings.ts'
import { createGuard, type Guard, isLoopback } from './guard.ts'
import { observe } from './observe.ts'
import { servePages } from './pages.ts'
import { createSockets, type SocketRoute } from './sockets.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, in which workspace: set before any handler runs. */
    ctx: Ctx
  }
}

export interface Listener {
  readonly app: FastifyInstance
  readonly guard: Guard
  socket(route: SocketRoute): void
  /** Starts listening; answers the address that clients on this host use. */
  listen(): Promise<string>
  close(): Promise<void>
}

const LARGEST_BODY_BYTES = 16 * 1024 * 1024

/** The one HTTP server: guard, context, pages. The other doors hang their routes and sockets on it. */
export function createListener(house: House, pagesFolder: string | null): Listener {
  const { settings } = house
  const guard = createGuard(settings, isLoopback(settings.host))
  const app = fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    requestIdHeader: 'x-request-id',
    genReqId: () => house.ids.uuid(),
    forceCloseConnections: 'idle',
    keepAliveTimeout: 75_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
    logger: false,
  })
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('ctx', null as unknown as Ctx)

  app.addHook('onRequest', async (request, reply) => {
    const knock = { headers: request.headers, method: request.method, url: request.raw.url ?? '/' }
    const refusal = guard.admit(knock) ?? (isPreflight(request) ? undefined : (guard.authenticate(knock) ?? admitBody(request)))
    if (refusal) return refuse(reply, refusal.status, refusal.message)
    if (isPreflight(request)) return reply.code(204).send()
  })
  observe(app, house)
  allowOrigins(app, settings)

  const workspaces = createWorkspaceFinder(house)
  const contextFor = (workspace: WorkspaceRef, requestId: string | null) => createContext(house, { workspace, actor: owner, requestId })
  app.addHook('preHandler', async request => {
    const { workspaceSlug } = request.params as { workspaceSlug?: string }
    request.ctx = contextFor(workspaceSlug === undefined ? defaultWorkspace : await workspaces(workspaceSlug), request.id)
  })

  const sockets = createSockets({
    server: app.server,
    guard,
    log: house.log,
    clock: house.clock,
    endpoint: house.endpoint,
    async contextOf(workspaceSlug) {
      try {
        return contextFor(workspaceSlug === undefined ? defaultWorkspace : await workspaces(workspaceSlug), null)
      } catch (error) {
        if (isAppError(error) && error.code === 'NOT_FOUND') return undefined
        throw error
      }
    },
  })
  servePages(app, pagesFolder)

  return {
    app,
    guard,
    socket: sockets.route,
    async listen() {
      await app.listen({ host: settings.host, port: settings.port }).catch(refuseAddress(settings))
      const address = app.server.address()
      if (typeof address === 'object' && address !== null) house.endpoint.port = address.port
      return addressFor(settings.host, house.endpoint.port)
    },
    async close() {
      await sockets.close()
      await app.close()
    },
  }
}

/** Preflights of listed origins, and the headers that let their pages read the answer. */
function allowOrigins(app: FastifyInstance, { corsAllowedOrigins }: Settings): void {
  app.addHook('onSend', async (request, reply) => {
    const { origin } = request.headers
    if (origin === undefined || !corsAllowedOrigins.includes(origin)) return
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' })
    if (request.method !== 'OPTIONS') return
    const asked = request.headers['access-control-request-headers'] ?? ''
    reply.headers({ 'access-control-allow-headers': asked, 'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE' })
  })
}

/** How a client on this machine spells the address: any address means loopback, and IPv6 wants brackets. */
export function addressFor(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${shown}:${port}`
}

const refuseAddress =
  ({ host, port }: Settings) =>
  (error: NodeJS.ErrnoException): never => {
    const reasons: Record<string, string> = {
      EADDRINUSE: `Port ${port} of ${host} is taken by another program. Stop that one, or pass --port with another.`,
      EACCES: `Port ${port} of ${host} may not be used by this user. Pass --port with one above 1023.`,
      EADDRNOTAVAIL: `${host} is no address of this machine. Pass --host with one that is.`,
    }
    throw new AppError(
      'CONFLICT',
      reasons[error.code ?? ''] ?? `${host}:${port} cannot be listened on: ${error.message}`,
      { host, port },
      { cause: error },
    )
  }

/** A browser asks, without credentials, whether a page may ask. It gets its answer only when `admit` lets the page's origin in. */
const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

/** A body without a type is JSON only from a program: a browser page could send one across origins without being asked. */
function admitBody(request: FastifyRequest): { status: 415; message: string } | undefined {
  const { headers } = request
  const hasBody =
    headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0')
  if (!hasBody || headers['content-type'] !== undefined) return undefined
  const isBrowser = headers.origin !== undefined || Object.keys(headers).some(name => name.startsWith('sec-fetch-'))
  if (isBrowser) return { status: 415, message: 'A body needs the header Content-Type: application/json.' }
  headers['content-type'] = 'application/json'
  return undefined
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  if (status === 401)
    return reply
      .code(401)
      .header('www-authenticate', `Basic realm="${product.title}", charset="UTF-8"`)
      .send({ exception_message: message })
  return reply.code(status).send({ detail: message })
}

/** Workspaces by slug, remembered: a slug never moves to another workspace. */
function createWorkspaceFinder(house: House): (slug: string) => Promise<WorkspaceRef> {
  const known = new Map<string, WorkspaceRef>([[defaultWorkspace.slug, defaultWorkspace]])
  const finder = createContext(house, { workspace: defaultWorkspace, actor: systemActor('listener') })
  return async slug => {
    const workspace = known.get(slug) ?? (await findWorkspaceBySlug(finder, { slug }))
    known.set(slug, workspace)
    return workspace
  }
}
