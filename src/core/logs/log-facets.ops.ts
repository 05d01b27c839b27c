import { z } from 'zod'
import { atMost, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { decodeKey } from '../../kernel/paging.ts'
import { LogLineEntity } from './log.entity.ts'
import { linesInSteps } from './log-outline.ops.ts'

export interface LogFacets {
  /** By name, those with most lines first. */
  readonly loggers: readonly { readonly name: string; readonly count: number }[]
  /** By id, those with most lines first; lines of the flow itself count for none. */
  readonly taskRuns: readonly { readonly taskRunId: string; readonly count: number }[]
}

export const MOST_FACETS = 1_000

/** Who wrote the lines of a flow run: loggers and task runs, each with how many lines. */
export const facetLogs = query('log.facets', {
  input: z.object({ flowRunId: uuid }),
  needs: 'log:read',
  async run(ctx, scope): Promise<LogFacets> {
    const loggers = new Map<string, number>()
    const taskRuns = new Map<string, number>()
    for await (const lines of linesInSteps(ctx, scope, Number.MAX_SAFE_INTEGER, ['name', 'taskRunId'])) {
      for (const { name, taskRunId } of lines) {
        loggers.set(name, (loggers.get(name) ?? 0) + 1)
        if (taskRunId !== null) taskRuns.set(taskRunId, (taskRuns.get(taskRunId) ?? 0) + 1)
      }
    }
    return {
      loggers: mostFirst(loggers).map(([name, count]) => ({ name, count })),
      taskRuns: mostFirst(taskRuns).map(([taskRunId, count]) => ({ taskRunId, count })),
    }
  },
})

const mostFirst = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, one], [, other]) => other - one).slice(0, MOST_FACETS)

/** The number of a line in the whole log of its flow run, counted from 1 in the order of time. */
export const numberOfLine = query('log.number', {
  input: z.object({ flowRunId: uuid, line: z.string() }),
  needs: 'log:read',
  async run(ctx, { flowRunId, line }): Promise<number> {
    const [timestamp, seq] = decodeKey(line, 2, ['line']).map(Number) as [number, number]
    const ofRun = oneOf('flowRunId', [flowRunId])
    const count = (where: ReturnType<typeof atMost>) =>
      ctx.read.count({ entity: LogLineEntity, where: [...ofRun, ...where], limit: Number.MAX_SAFE_INTEGER })
    const earlier = await count(atMost('timestamp', timestamp - 1))
    const atThatTime: ReturnType<typeof atMost> = [
      { is: 'atLeast', property: 'timestamp', value: timestamp },
      ...atMost('timestamp', timestamp),
    ]
    return earlier + (await count([...atThatTime, ...atMost('seq', seq)]))
  },
})
