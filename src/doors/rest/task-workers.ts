import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type ConnectedTaskWorker, listTaskWorkers } from '../../core/task-workers/index.ts'
import { time } from './wire.ts'

const asked = z.object({ task_worker_filter: z.object({ task_keys: z.array(z.string()) }).nullish() })

export function taskWorkerRoutes(app: FastifyInstance): void {
  app.post('/task_workers/filter', async request => {
    const { task_worker_filter: filter } = asked.parse(request.body ?? {})
    return (await listTaskWorkers(request.ctx, { taskKeys: filter?.task_keys })).map(toWire)
  })
}

const toWire = ({ identifier, taskKeys, lastSeenAt }: ConnectedTaskWorker) => ({
  identifier,
  task_keys: taskKeys,
  timestamp: time(lastSeenAt),
})
