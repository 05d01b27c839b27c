import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { House } from '../../kernel/context.ts'
import { product } from '../../kernel/product.ts'

/** What an operator sees of the running server: `/metrics` for Prometheus, a line for each request at the log level info, the request's id on every answer. */
export function observe(app: FastifyInstance, house: House): void {
  const registry = new Registry()
  const prefix = `${product.name}_`
  collectDefaultMetrics({ register: registry, prefix })
  measureHouse(house, registry, prefix)
  const durations = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time from a request’s arrival to the end of its answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })

  app.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id))
  app.addHook('onResponse', async (request, reply) => {
    const { method, id } = request
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    const workspace = request.ctx?.workspace.slug
    house.log.info(
      { requestId: id, method, url: request.url, status: reply.statusCode, milliseconds: reply.elapsedTime, workspace },
      'Answered.',
    )
  })
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}

function measureHouse(house: House, registry: Registry, prefix: string): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: prefix + name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('event_log_newest', 'Number of the newest event this server knows.', () => house.events.newest)
  gauge('log_line_newest', 'Number of the newest log line this server knows.', () => house.logs.newest)
  gauge('event_followers', 'Subscribers of the event log.', () => house.events.followers)
  gauge('log_followers', 'Subscribers of the log lines.', () => house.logs.followers)
  gauge('batches', 'Transactions of hot writes since the start.', () => house.batcher.batches)
  gauge('batched_commands', 'Hot writes since the start.', () => house.batcher.commands)
  gauge('uptime_seconds', 'Time since the start.', () => (house.clock.now() - house.startedAt) / 1e6)
}
