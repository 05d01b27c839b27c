import type { Instant } from '../../kernel/clock.ts'
import type { TaskRunRecord, TaskWorkerRecord } from '../orchestration/index.ts'

/** One that has begun, or whose claim has gone to another, is not. */
export const isHeldBy = ({ claimableAt, claimedBy }: TaskRunRecord, identifier: string): boolean =>
  claimableAt !== null && claimedBy === identifier

export const keptClaim = (run: TaskRunRecord, until: Instant): TaskRunRecord => ({ ...run, claimableAt: until })

export const released = (run: TaskRunRecord, now: Instant): TaskRunRecord => ({ ...run, claimableAt: now, claimedBy: null, claimId: null })

/** What is told of a task worker, whatever the number of its connections. */
export interface ConnectedTaskWorker {
  readonly identifier: string
  readonly taskKeys: readonly string[]
  readonly connectedAt: Instant
  readonly lastSeenAt: Instant
}

export const workersByIdentifier = (connections: readonly TaskWorkerRecord[]): ConnectedTaskWorker[] =>
  [...Map.groupBy(connections, ({ identifier }) => identifier)].map(([identifier, own]) => ({
    identifier,
    taskKeys: [...new Set(own.flatMap(({ taskKeys }) => taskKeys))].sort(),
    connectedAt: Math.min(...own.map(({ connectedAt }) => connectedAt)),
    lastSeenAt: Math.max(...own.map(({ lastSeenAt }) => lastSeenAt)),
  }))
