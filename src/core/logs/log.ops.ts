import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { alsoInput, countUpTo, pageInput, readPage, sliceInput } from '../../kernel/paging.ts'
import type { LogEntry, LogLine } from '../../kernel/storage.ts'
import { command } from '../orchestration/index.ts'
import { LogLineEntity } from './log.entity.ts'
import { logConditions, logFilter } from './log.filter.ts'
import { isNewLine, newLine } from './new-line.ts'

const LINES_IN_A_TRANSITION = 20

/** Appends lines as they come; a run they name need not exist, since the SDK may send its last lines after the run was deleted. */
export const appendLogs = command('log.append', {
  input: z.object({ lines: z.array(newLine) }),
  takes: ({ lines }) => Array.isArray(lines) && lines.every(isNewLine),
  needs: 'log:write',
  reads: () => ({}),
  weight: ({ lines }) => Math.max(1, lines.length / LINES_IN_A_TRANSITION),
  apply(env, batch, { lines }): number {
    if (lines.length > 0) {
      batch.appendLogs(
        lines.map(line => ({
          ...line,
          id: env.ids.uuid(),
          workspaceId: env.workspace.id,
          flowRunId: line.flowRunId ?? null,
          taskRunId: line.taskRunId ?? null,
        })),
      )
    }
    return lines.length
  },
})

export const logOrders = ['TIMESTAMP_ASC', 'TIMESTAMP_DESC'] as const

export const listLogs = query('log.list', {
  input: z.object({ ...pageInput, filter: logFilter.nullish(), orderBy: z.enum(logOrders).default('TIMESTAMP_ASC') }),
  needs: 'log:read',
  run(ctx, { first, after, filter, orderBy }) {
    const direction = orderBy === 'TIMESTAMP_ASC' ? 'asc' : 'desc'
    return readPage<LogLine & LogEntry>(ctx.read, {
      entity: LogLineEntity,
      where: logConditions(filter),
      orderBy: [
        ['timestamp', direction],
        ['seq', direction],
      ],
      first,
      after,
    })
  },
})

/** Counted from the start of an order. */
export const sliceLogs = query('log.slice', {
  input: z.object({ ...sliceInput, ...alsoInput, filter: logFilter.nullish(), orderBy: z.enum(logOrders).default('TIMESTAMP_ASC') }),
  needs: 'log:read',
  async run(ctx, { filter, also = [], orderBy, ...slice }) {
    const direction = orderBy === 'TIMESTAMP_ASC' ? 'asc' : 'desc'
    return (await ctx.read.select({
      entity: LogLineEntity,
      where: [...logConditions(filter), ...also],
      orderBy: [
        ['timestamp', direction],
        ['seq', direction],
      ],
      ...slice,
    })) as unknown as (LogLine & LogEntry)[]
  },
})

export const countLogs = query('log.count', {
  input: z.object({ filter: logFilter.nullish() }),
  needs: 'log:read',
  run: (ctx, { filter }) => countUpTo(ctx.read, { entity: LogLineEntity, where: logConditions(filter) }),
})
