import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { appendLogs, logOrders, sliceLogs } from '../../core/logs/index.ts'
import { instantText, uuid } from '../../kernel/inputs.ts'
import type { LogEntry, LogLine } from '../../kernel/storage.ts'
import { logFilter } from './filters/log-filter.ts'
import { sliceOf, sortOf } from './slices.ts'
import { optional, time } from './wire.ts'

const line = z
  .object({
    name: z.string(),
    level: z.int(),
    message: z.string(),
    timestamp: instantText,
    flow_run_id: optional(uuid),
    task_run_id: optional(uuid),
  })
  .transform(({ flow_run_id, task_run_id, ...rest }) => ({ ...rest, flowRunId: flow_run_id, taskRunId: task_run_id }))

const asked = z.object({ logs: logFilter.nullish() })

export function logRoutes(app: FastifyInstance): void {
  app.post('/logs/', async (request, reply) => {
    await appendLogs(request.ctx, { lines: z.array(line).parse(request.body) })
    return reply.code(201).type('application/json').send('null')
  })

  app.post('/logs/filter', async request => {
    const { logs } = asked.parse(request.body ?? {})
    const orderBy = sortOf(request, logOrders, 'TIMESTAMP_ASC')
    return (await sliceLogs(request.ctx, { ...sliceOf(request), also: logs ?? [], orderBy })).map(logToWire)
  })
}

/** A line is never changed, and when it came is of no use to anybody: its time is when it was written. */
export const logToWire = (line: LogLine & LogEntry) => ({
  id: line.id,
  created: time(line.timestamp),
  updated: time(line.timestamp),
  name: line.name,
  level: line.level,
  message: line.message,
  timestamp: time(line.timestamp),
  flow_run_id: line.flowRunId,
  task_run_id: line.taskRunId,
})
