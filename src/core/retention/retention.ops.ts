import { z } from 'zod'
import type { CommandEnv } from '../../kernel/context.ts'
import { instantOfUuid } from '../../kernel/ids.ts'
import { instantSchema } from '../../kernel/inputs.ts'
import { auditOf } from '../../kernel/operation.ts'
import { type Batch, command, type Expiry, expiredAtOnce } from '../orchestration/index.ts'
import { type Swept, swept } from './retention.events.ts'
import { expiredEntries, isExpiredRun } from './retention.rules.ts'

export interface SweepAnswer extends Swept {
  /** Nothing is left to delete but what somebody holds. */
  readonly isDone: boolean
}

const nothingSwept: Swept = { flowRuns: 0, taskRuns: 0, logLines: 0, events: 0 }
const nothing: SweepAnswer = { ...nothingSwept, isDone: true }

/**
 * Deletes some of what is too old, in all workspaces: runs that ended before a moment with their states, inputs and log lines; else task runs
 * in the background that did; else log lines, else events
 * received before one. A step is one short transaction of one kind; who wants all of it gone asks until it is done. The audit is left alone.
 */
export const sweepRetention = command('retention.sweep', {
  input: z.object({
    runs: instantSchema.nullable().default(null),
    events: instantSchema.nullable().default(null),
    lines: instantSchema.nullable().default(null),
  }),
  needs: 'retention:admin',
  reads: expiry => ({ expired: [expiry] }),
  apply: (env, batch, expiry): SweepAnswer =>
    sweepRuns(env, batch, expiry) ??
    sweepTasks(env, batch, expiry) ??
    sweepLines(env, batch, expiry) ??
    sweepEvents(env, batch, expiry) ??
    nothing,
})

function sweepRuns(env: CommandEnv, batch: Batch, expiry: Expiry): SweepAnswer | undefined {
  const { runs, linesOfRuns, tasksOfRuns } = batch.expired
  const due = runs.filter(run => isExpiredRun(run, expiry.runs))
  if (due.length === 0) return undefined
  // Another command of this batch has changed one: the lines may be of that. The next step looks again.
  if (due.length < runs.length) return { ...nothing, isDone: false }
  batch.deleteLines(linesOfRuns)
  tasksOfRuns.forEach(batch.deleteTaskRun)
  // These first, where they are too many for one transaction: a line without its run would stay until it is old itself.
  if (linesOfRuns.length === expiredAtOnce.lines || tasksOfRuns.length === expiredAtOnce.taskRuns)
    return { ...nothing, logLines: linesOfRuns.length, isDone: false }
  for (const run of due) batch.deleteFlowRun(run)
  for (const [workspaceId, own] of Map.groupBy(due, run => run.workspaceId)) {
    batch.emit(swept(env, workspaceId, { ...nothingSwept, flowRuns: own.length }, expiry))
    batch.audit({ ...auditOf(env, 'retention.sweep', null), workspaceId })
  }
  return { ...nothing, flowRuns: due.length, logLines: linesOfRuns.length, isDone: false }
}

function sweepTasks(env: CommandEnv, batch: Batch, expiry: Expiry): SweepAnswer | undefined {
  const { backgroundTasks: tasks } = batch.expired
  if (tasks.length === 0) return undefined
  // One that another command of this batch has begun anew is left.
  const due = tasks.filter(task => isExpiredRun(task, expiry.runs))
  due.forEach(batch.deleteTaskRun)
  for (const [workspaceId, own] of Map.groupBy(due, task => task.workspaceId)) {
    batch.emit(swept(env, workspaceId, { ...nothingSwept, taskRuns: own.length }, expiry))
    batch.audit({ ...auditOf(env, 'retention.sweep', null), workspaceId })
  }
  return { ...nothing, taskRuns: due.length, isDone: false }
}

function sweepLines(env: CommandEnv, batch: Batch, expiry: Expiry): SweepAnswer | undefined {
  const { lines: before } = expiry
  const lines = before === null ? [] : expiredEntries(batch.expired.lines, ({ id }) => instantOfUuid(id) < before)
  if (lines.length === 0) return undefined
  batch.deleteLines(lines)
  batch.emit(swept(env, env.workspace.id, { ...nothingSwept, logLines: lines.length }, expiry))
  return { ...nothing, logLines: lines.length, isDone: false }
}

function sweepEvents(env: CommandEnv, batch: Batch, expiry: Expiry): SweepAnswer | undefined {
  const { events: before } = expiry
  const events = before === null ? [] : expiredEntries(batch.expired.events, ({ received }) => received < before, batch.expired.readByAll)
  if (events.length === 0) return undefined
  batch.deleteEvents(events)
  batch.emit(swept(env, env.workspace.id, { ...nothingSwept, events: events.length }, expiry))
  return { ...nothing, events: events.length, isDone: false }
}
