import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { invalidAt } from '../../kernel/errors.ts'
import { atMost, matches } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { decodeKey, encodeKey } from '../../kernel/paging.ts'
import type { LogEntry, LogLine } from '../../kernel/storage.ts'
import { LogLineEntity } from './log.entity.ts'
import { logConditions } from './log.filter.ts'

/** Python's levels, each with what lies between it and the next. */
export interface LevelCounts {
  debug: number
  info: number
  warning: number
  error: number
  critical: number
}

export interface LogPiece {
  /** Behind which its first line comes; null for the first piece. */
  readonly after: string | null
  /** When its first line was logged. */
  readonly start: Instant
  readonly counts: LevelCounts
}

export interface LogOutline {
  readonly counts: LevelCounts
  readonly pieces: readonly LogPiece[]
  /** The lines of the last two pieces, oldest first: what who opens a log sees of it. */
  readonly end: readonly (LogLine & LogEntry)[]
  /** Up to which line of the log it was made. */
  readonly asOf: number
}

/** As many as a list answers at once. */
export const PIECE_LINES = 200

/** Of which run, all or part of its log: lines of one task run, or of some loggers. */
const logScope = { flowRunId: uuid.nullish(), taskRunId: uuid.nullish(), names: z.array(z.string()).nullish() }
type LogScope = z.output<z.ZodObject<typeof logScope>>

/** A run's log in pieces of 200 lines by time, for who shows it whole without reading it: how many lines of which level, and where to read on from. */
export const outlineLogs = query('log.outline', {
  input: z.object(logScope),
  needs: 'log:read',
  async run(ctx, scope): Promise<LogOutline> {
    const asOf = ctx.house.logs.newest
    const pieces: LogPiece[] = []
    const counts = noLines()
    let inPiece = PIECE_LINES
    let after: string | null = null
    for await (const lines of linesInSteps(ctx, scope, asOf, ['level'])) {
      for (const line of lines) {
        if (inPiece === PIECE_LINES) {
          pieces.push({ after, start: line.timestamp, counts: noLines() })
          inPiece = 0
        }
        const level = levelOf(line.level)
        counts[level] += 1
        pieces.at(-1)!.counts[level] += 1
        inPiece += 1
        if (inPiece === PIECE_LINES) after = cursorOfLine(line)
      }
    }
    return { counts, pieces, end: await linesBehind(ctx, scope, pieces.at(-2)?.after, asOf), asOf }
  },
})

async function linesBehind(ctx: Ctx, scope: LogScope, after: string | null | undefined, asOf: number): Promise<(LogLine & LogEntry)[]> {
  return (await ctx.read.select({
    entity: LogLineEntity,
    where: [...scopeConditions(scope), ...atMost('seq', asOf)],
    orderBy: byTime,
    ...(after ? { after: decodeKey(after, byTime.length) } : {}),
    limit: 2 * PIECE_LINES,
  })) as unknown as (LogLine & LogEntry)[]
}

export const MOST_MATCHES = 10_000

export interface LogMatches {
  /** How many were searched. */
  readonly lineCount: number
  /** How many of them match. */
  readonly count: number
  /** Counted from 1, in the order of time; no more than 10 000. */
  readonly numbers: readonly number[]
}

/** Which lines of a run's whole log contain a text, in either case, or are of a level. */
export const findLogs = query('log.find', {
  input: z.object({ ...logScope, textContains: z.string().nullish(), levelAtLeast: z.int().nullish() }),
  needs: 'log:read',
  async run(ctx, { textContains, levelAtLeast, ...scope }): Promise<LogMatches> {
    const where = logConditions({ textContains, levelAtLeast })
    const numbers: number[] = []
    let count = 0
    let lineCount = 0
    for await (const lines of linesInSteps(ctx, scope, ctx.house.logs.newest, ['level', 'message'])) {
      for (const line of lines) {
        lineCount += 1
        if (!matches(where, line)) continue
        count += 1
        if (count <= MOST_MATCHES) numbers.push(lineCount)
      }
    }
    return { lineCount, count, numbers }
  },
})

/** A line's place in the lists of lines, whichever way they run. */
export const cursorOfLine = ({ timestamp, seq }: Pick<LogLine & LogEntry, 'timestamp' | 'seq'>): string => encodeKey([timestamp, seq])

/** So few that a step costs three milliseconds, for which all others wait. */
const STEP_LINES = 2_000

/** The lines of a run up to a place of the log, oldest first. Between two steps others get their turn. */
export async function* linesInSteps<Property extends keyof LogLine>(
  ctx: Ctx,
  scope: LogScope,
  asOf: number,
  properties: readonly Property[],
) {
  const where = [...scopeConditions(scope), ...atMost('seq', asOf)]
  type Line = Pick<LogLine & LogEntry, Property | 'timestamp' | 'seq'>
  let after: readonly [number, number] | undefined
  for (;;) {
    const lines = (await ctx.read.select({
      entity: LogLineEntity,
      where,
      orderBy: byTime,
      properties: ['timestamp', 'seq', ...properties],
      ...(after ? { after } : {}),
      limit: STEP_LINES,
    })) as unknown as Line[]
    yield lines
    if (lines.length < STEP_LINES) return
    const last = lines.at(-1)!
    after = [last.timestamp, last.seq]
    await new Promise<void>(resolve => ctx.clock.nextTurn(resolve))
  }
}

const byTime = [
  ['timestamp', 'asc'],
  ['seq', 'asc'],
] as const

function scopeConditions({ flowRunId, taskRunId, names }: LogScope) {
  if (!flowRunId && !taskRunId) throw invalidAt(['flowRunId'], 'is missing: name a flow run, or a task run as `taskRunId`')
  return logConditions({ flowRunIds: flowRunId ? [flowRunId] : null, taskRunIds: taskRunId ? [taskRunId] : null, names })
}

const noLines = (): LevelCounts => ({ debug: 0, info: 0, warning: 0, error: 0, critical: 0 })

const levelOf = (level: number): keyof LevelCounts =>
  level < 20 ? 'debug' : level < 30 ? 'info' : level < 40 ? 'warning' : level < 50 ? 'error' : 'critical'
