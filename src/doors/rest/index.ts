import type { FastifyInstance } from 'fastify'
import type { Listener } from '../http/index.ts'
import { checkApiVersion } from './api-version.ts'
import { mapErrors } from './errors.ts'
import { routers } from './routers.ts'
import { eventsIn } from './sockets/events-in.ts'
import { eventsOut } from './sockets/events-out.ts'
import { logsOut } from './sockets/logs-out.ts'
import { outlet } from './sockets/outlet.ts'
import { scheduledTaskRuns } from './sockets/scheduled-task-runs.ts'

/** The peer's REST API, at `/api` for the default workspace and below `/api/workspaces/{slug}` for any other. */
export function openRestDoor(listener: Listener): void {
  const mount = async (app: FastifyInstance) => {
    mapErrors(app)
    checkApiVersion(app)
    for (const router of routers) router(app)
    app.setNotFoundHandler(async (request, reply) => {
      request.ctx.house.unknownRoutes.note({
        workspaceId: request.ctx.workspace.id,
        method: request.method,
        path: request.url.split('?')[0]!,
        userAgent: request.headers['user-agent'] ?? null,
      })
      return reply.code(404).send({ detail: 'Not Found' })
    })
  }
  void listener.app.register(mount, { prefix: '/api' })
  void listener.app.register(mount, { prefix: '/api/workspaces/:workspaceSlug' })
  listener.socket(eventsIn(listener.guard))
  listener.socket(scheduledTaskRuns(listener.guard))
  for (const out of [eventsOut, logsOut]) listener.socket(outlet(listener.guard, out))
}
