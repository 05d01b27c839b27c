import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { appendLogs, isNewLine, logOrders, sliceLogs } from '../../core/logs/index.ts'
import { parseInstant } from '../../kernel/clock.ts'
import { instantText, isJsonObject, uuid } from '../../kernel/inputs.ts'
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

type Line = z.output<typeof line>

/** Lines as clients usually write them are read without the schema, which costs more than storing them. It judges what looks otherwise. */
function linesIn(body: unknown): Line[] {
  const usual = Array.isArray(body) ? body.map(usualLine) : [undefined]
  return usual.includes(undefined) ? z.array(line).parse(body) : (usual as Line[])
}

function usualLine(given: unknown): Line | undefined {
  if (!isJsonObject(given)) return undefined
  const { name, level, message, timestamp, flow_run_id: flowRunId = null, task_run_id: taskRunId = null } = given
  const moment = typeof timestamp === 'string' ? parseInstant(timestamp) : undefined
  const read = { name, level, message, timestamp: moment, flowRunId, taskRunId }
  return isNewLine(read) ? (read as Line) : undefined
}

const asked = z.object({ logs: logFilter.nullish() })

export function logRoutes(app: FastifyInstance): void {
  app.post('/logs/', async (request, reply) => {
    await appendLogs(request.ctx, { lines: linesIn(request.body) })
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
