import { z } from 'zod'
import { type Instant, seconds } from '../../kernel/clock.ts'
import { uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { command, type TaskRunAnswer, type TaskRunRecord, type TaskWorkerRecord } from '../orchestration/index.ts'
import { TaskWorker } from './task-worker.entity.ts'
import { taskRunReleased } from './task-worker.events.ts'
import { isHeldBy, keptClaim, released, workersByIdentifier } from './task-worker.rules.ts'

/** How long a task worker is believed to be there, and to hold what it has claimed, without having been seen again. */
export const WORKER_LEASE_SECONDS = 30
const FORGOTTEN_AFTER_SECONDS = 3600

const identifier = z.string().min(1).max(1000)
const taskKeys = z.array(z.string().min(1)).min(1).max(1000)
const connection = z.object({ connectionId: uuid, identifier })

/**
 * A task worker is connected, and serves these tasks: said when it connects and then well within each lease. It goes on holding the task runs that it has acknowledged
 * and has not begun. One that it was given over another connection and has not acknowledged never reached it, and is offered again.
 */
export const greetTaskWorker = command('task-worker.greet', {
  input: connection.extend({ taskKeys, connectedAt: z.int() }),
  needs: 'task-worker:write',
  reads: (worker, { workspace }) => ({ claimants: [{ workspaceId: workspace.id, identifier: worker.identifier }] }),
  apply(env, batch, { connectionId, identifier, taskKeys, connectedAt }): { readonly holds: number } {
    const own = batch.claimsOf(env.workspace.id, identifier).filter(run => isHeldBy(run, identifier) && taskKeys.includes(run.taskKey))
    const lost = own.filter(({ claimId }) => claimId !== null && claimId !== connectionId)
    const kept = own.filter(run => !lost.includes(run))
    for (const run of kept) batch.editTaskRun(keptClaim(run, env.now + seconds(WORKER_LEASE_SECONDS)))
    for (const run of lost) {
      batch.editTaskRun(released(run, env.now))
      batch.emit(taskRunReleased(env, run))
    }
    const { id: workspaceId } = env.workspace
    batch.seeTaskWorker({ id: connectionId, workspaceId, identifier, taskKeys, connectedAt, lastSeenAt: env.now })
    batch.forgetTaskWorkersSeenBefore(env.now - seconds(FORGOTTEN_AFTER_SECONDS))
    return { holds: kept.length }
  },
})

/** A task worker's connection has ended. What it was given over it and has not acknowledged is offered again at once. */
export const dismissTaskWorker = command('task-worker.dismiss', {
  input: connection,
  needs: 'task-worker:write',
  reads: (worker, { workspace }) => ({ claimants: [{ workspaceId: workspace.id, identifier: worker.identifier }] }),
  apply(env, batch, { connectionId, identifier }): { readonly connectionId: string } {
    for (const run of batch.claimsOf(env.workspace.id, identifier)) {
      if (run.claimId !== connectionId) continue
      batch.editTaskRun(released(run, env.now))
      batch.emit(taskRunReleased(env, run))
    }
    batch.forgetTaskWorker(connectionId)
    return { connectionId }
  },
})

export interface ClaimAnswer {
  readonly claimed: TaskRunAnswer | null
  /** When the next one may be claimed, as far as is known. */
  readonly nextAt: Instant | null
}

/** Gives a task worker the task run that has waited longest for one. It is nobody else's as long as the worker stays connected, or until it has begun. */
export const claimTaskRun = command('task-worker.claim', {
  input: connection.extend({ taskKeys }),
  needs: 'task-worker:write',
  reads: ({ taskKeys }, { workspace }) => ({ offers: [{ workspaceId: workspace.id, taskKeys }] }),
  apply(env, batch, { connectionId, identifier, taskKeys }): ClaimAnswer {
    const [offer] = batch.offersOf(env.workspace.id, taskKeys)
    if (!offer || offer.run.claimableAt! > env.now) return { claimed: null, nextAt: offer?.run.claimableAt ?? null }
    const claim = { claimableAt: env.now + seconds(WORKER_LEASE_SECONDS), claimedBy: identifier, claimId: connectionId }
    const run: TaskRunRecord = { ...offer.run, ...claim }
    batch.editTaskRun(run)
    return { claimed: { run, state: offer.state }, nextAt: null }
  },
})

/** The task run has reached its worker, which will begin it. */
export const acknowledgeTaskRun = command('task-worker.acknowledge', {
  input: connection.extend({ taskRunId: uuid }),
  needs: 'task-worker:write',
  reads: ({ taskRunId }) => ({ taskRuns: [taskRunId] }),
  apply(env, batch, { connectionId, taskRunId }): { readonly isHeld: boolean } {
    const found = batch.taskRunIfThere(taskRunId)
    if (found?.run.workspaceId !== env.workspace.id || found.run.claimId !== connectionId) return { isHeld: false }
    batch.editTaskRun({ ...keptClaim(found.run, env.now + seconds(WORKER_LEASE_SECONDS)), claimId: null })
    return { isHeld: true }
  },
})

/** The task workers that are connected to any server, one for each identifier with all its tasks. */
export const listTaskWorkers = query('task-worker.list', {
  input: z.object({ taskKeys: z.array(z.string()).nullish() }),
  needs: 'task-worker:read',
  async run(ctx, { taskKeys: wanted }) {
    const since = ctx.clock.now() - seconds(WORKER_LEASE_SECONDS)
    const connections = (await ctx.read.select({
      entity: TaskWorker,
      where: [{ is: 'atLeast', property: 'lastSeenAt', value: since }],
      orderBy: [
        ['lastSeenAt', 'desc'],
        ['id', 'asc'],
      ],
      limit: 10_000,
    })) as unknown as TaskWorkerRecord[]
    const workers = workersByIdentifier(connections)
    return wanted?.length ? workers.filter(worker => worker.taskKeys.some(key => wanted.includes(key))) : workers
  },
})
