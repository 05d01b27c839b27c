import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { findFlowRun } from '../../core/flow-runs/index.ts'
import { listLogs } from '../../core/logs/index.ts'
import { toIso } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { LogLine } from '../../kernel/storage.ts'
import { idParameter } from './wire.ts'

const asked = z.object({ format: z.enum(['csv', 'text']).default('csv') })

const formats = {
  csv: {
    type: 'text/csv; charset=utf-8',
    extension: 'csv',
    head: 'timestamp,level,flow_run_id,task_run_id,message\r\n',
    line: ({ timestamp, level, flowRunId, taskRunId, message }: LogLine) =>
      `${[spacedTime(toIso(timestamp)), level, flowRunId ?? '', taskRunId ?? '', cell(message)].join(',')}\r\n`,
  },
  /** Not the peer's: for people and their tools. */
  text: {
    type: 'text/plain; charset=utf-8',
    extension: 'log',
    head: '',
    line: ({ timestamp, level, name, message }: LogLine) => `${toIso(timestamp)} ${levelName(level)} ${name}: ${message}\n`,
  },
}

export function flowRunLogRoutes(app: FastifyInstance): void {
  app.get('/flow_runs/:id/logs/download', async (request, reply) => {
    const { format } = asked.parse(request.query ?? {})
    const { run } = await findFlowRun(request.ctx, idParameter(request.params))
    const { type, extension } = formats[format]
    const name = encodeURIComponent(`${run.name}-logs.${extension}`).replace(/['()*]/g, escapeToo)
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="flow-run-logs.${extension}"; filename*=UTF-8''${name}`)
      .send(Readable.from(linesOf(request.ctx, run.id, formats[format])))
  })
}

/** A page is read when the one before it is on its way, so that a long log is never in memory whole. */
async function* linesOf(ctx: Ctx, flowRunId: string, { head, line }: (typeof formats)['csv']): AsyncGenerator<string> {
  yield head
  let after: string | undefined
  do {
    const { nodes, cursors, hasNextPage } = await listLogs(ctx, { filter: { flowRunIds: [flowRunId] }, first: 200, after })
    if (nodes.length > 0) yield nodes.map(line).join('')
    after = hasNextPage ? cursors.at(-1) : undefined
  } while (after !== undefined)
}

const levelNames: Readonly<Record<number, string>> = { 10: 'DEBUG', 20: 'INFO', 30: 'WARNING', 40: 'ERROR', 50: 'CRITICAL' }

const levelName = (level: number): string => levelNames[level] ?? String(level)

/** The peer's spelling: `2026-11-25 13:00:00.123456+00:00`, without a fraction of zero. */
const spacedTime = (iso: string): string => iso.replace('T', ' ').replace(/(\.000000)?Z$/, '+00:00')

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** What RFC 5987 has escaped and encodeURIComponent leaves. */
const escapeToo = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
