import type { Scheduler } from './schedule.ts'

export type ConnectionStatus =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; since: number }
  | { kind: 'polling'; since: number }
  | { kind: 'offline'; since: number }

export const POLL_MILLISECONDS = 5_000
const FAILURES_BEFORE_POLLING = 4

export interface Connection {
  readonly status: ConnectionStatus
  subscribe(listener: (status: ConnectionStatus) => void): () => void
  socketOpened(): void
  socketLost(): void
  /** The server will not have this socket, however often it is tried: polling is all there is. */
  socketRefused(): void
  /** While the socket cannot be had, each poller is asked every five seconds; it answers whether the server did. */
  pollWith(poller: () => Promise<boolean>): () => void
}

/** One connection per page: the socket first, then polling over plain HTTP, then the plain word that nothing answers. */
export const createConnection = (scheduler: Scheduler): Connection => {
  const listeners = new Set<(status: ConnectionStatus) => void>()
  const pollers = new Set<() => Promise<boolean>>()
  let status: ConnectionStatus = { kind: 'connecting' }
  let failures = 0
  let lostAt = scheduler.now()
  let cancelPoll: (() => void) | undefined

  const become = (next: ConnectionStatus) => {
    if (next.kind === status.kind) return
    status = next
    for (const listener of listeners) listener(status)
  }

  const poll = async () => {
    const answers = await Promise.all([...pollers].map(poller => poller().catch(() => false)))
    if (cancelPoll === undefined) return
    const answered = answers.length === 0 || answers.some(Boolean)
    become(answered ? { kind: 'polling', since: lostAt } : { kind: 'offline', since: lostAt })
    cancelPoll = scheduler.after(POLL_MILLISECONDS, poll)
  }

  return {
    get status() {
      return status
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    socketOpened() {
      failures = 0
      cancelPoll?.()
      cancelPoll = undefined
      become({ kind: 'live' })
    },
    socketLost() {
      if (failures === 0) lostAt = scheduler.now()
      failures += 1
      if (status.kind === 'live' || status.kind === 'connecting') become({ kind: 'reconnecting', since: lostAt })
      if (failures >= FAILURES_BEFORE_POLLING && cancelPoll === undefined) cancelPoll = scheduler.after(0, poll)
    },
    socketRefused() {
      if (failures === 0) lostAt = scheduler.now()
      failures = FAILURES_BEFORE_POLLING
      cancelPoll ??= scheduler.after(0, poll)
    },
    pollWith(poller) {
      pollers.add(poller)
      return () => pollers.delete(poller)
    },
  }
}

const RETRY_FLOOR_MILLISECONDS = 250
const RETRY_CEILING_MILLISECONDS = 5_000

/** Doubles from 250 ms to 5 s and spreads clients over half of it, so that a restarted server is not hit by all at once. */
export const retryWaitMilliseconds = (retries: number, random: number): number => {
  const full = Math.min(RETRY_CEILING_MILLISECONDS, RETRY_FLOOR_MILLISECONDS * 2 ** Math.min(retries, 10))
  return Math.round(full / 2 + (full / 2) * random)
}
