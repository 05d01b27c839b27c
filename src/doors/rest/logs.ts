import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { appendLogs } from '../../core/logs/index.ts'
import { instantText } from '../../kernel/inputs.ts'
import { optional } from './wire.ts'

const line = z
  .object({
    name: z.string(),
    level: z.int(),
    message: z.string(),
    timestamp: instantText,
    flow_run_id: optional(z.uuid()),
    task_run_id: optional(z.uuid()),
  })
  .transform(({ flow_run_id, task_run_id, ...rest }) => ({ ...rest, flowRunId: flow_run_id, taskRunId: task_run_id }))

export function logRoutes(app: FastifyInstance): void {
  app.post('/logs/', async (request, reply) => {
    await appendLogs(request.ctx, { lines: z.array(line).parse(request.body) })
    return reply.code(201).type('application/json').send('null')
  })
}
