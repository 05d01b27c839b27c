import type { Scheduler } from './schedule.ts'

export type ConnectionStatus =
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** As live, but each subscription comes over a request of its own: sockets do not get through. */
  | { kind: 'streaming' }
  | { kind: 'reconnecting'; since: number }
  | { kind: 'polling'; since: number }
  | { kind: 'offline'; since: number }

export const POLL_MILLISECONDS = 5_000
const FAILURES_BEFORE_STEPPING_DOWN = 4
const STREAM_RETRY_MILLISECONDS = 30_000

export interface Connection {
  readonly status: ConnectionStatus
  /** Changes come as they happen, over whatever. */
  readonly isPushed: boolean
  subscribe(listener: (status: ConnectionStatus) => void): () => void
  socketOpened(): void
  socketLost(): void
  /** How long the newest question to the server took there and back, over the socket; unknown until it has been measured. */
  readonly roundTripMilliseconds: number | undefined
  roundTripped(milliseconds: number): void
  /** The server will not have this socket, however often it is tried. */
  socketRefused(): void
  /** While the socket cannot be had, each is started as a stream; it answers how to stop it. */
  streamWith(start: () => () => void): () => void
  /** A stream has brought its first bytes. */
  streamOpened(): void
  streamFailed(): void
  /** While neither can be had, each poller is asked every five seconds; it answers whether the server did. */
  pollWith(poller: () => Promise<boolean>): () => void
}

/** One connection per page: the socket first, then streams over plain HTTP, then polling, then the plain word that nothing answers. */
export const createConnection = (scheduler: Scheduler): Connection => {
  const listeners = new Set<(status: ConnectionStatus) => void>()
  const pollers = new Set<() => Promise<boolean>>()
  const streamers = new Map<() => () => void, (() => void) | undefined>()
  let status: ConnectionStatus = { kind: 'connecting' }
  let failures = 0
  let lostAt = scheduler.now()
  let cancelPoll: (() => void) | undefined
  let roundTrip: number | undefined
  let wantsStreams = false
  let streamsFailedAt = Number.NEGATIVE_INFINITY

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
    if (answered && !wantsStreams && scheduler.now() - streamsFailedAt >= STREAM_RETRY_MILLISECONDS) startStreams()
  }

  const stopPolling = () => {
    cancelPoll?.()
    cancelPoll = undefined
  }

  const startStreams = () => {
    if (streamers.size === 0) return
    wantsStreams = true
    for (const start of streamers.keys()) streamers.set(start, start())
  }

  const stopStreams = () => {
    wantsStreams = false
    for (const [start, stop] of streamers) {
      stop?.()
      streamers.set(start, undefined)
    }
  }

  const stepDown = () => {
    if (cancelPoll !== undefined || wantsStreams) return
    startStreams()
    if (!wantsStreams) cancelPoll = scheduler.after(0, poll)
  }

  return {
    get status() {
      return status
    },
    get isPushed() {
      return status.kind === 'live' || status.kind === 'streaming'
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get roundTripMilliseconds() {
      return status.kind === 'live' ? roundTrip : undefined
    },
    roundTripped(milliseconds) {
      roundTrip = milliseconds
    },
    socketOpened() {
      failures = 0
      streamsFailedAt = Number.NEGATIVE_INFINITY
      stopPolling()
      // Before anybody hears of it: what the socket sends again must not come by the stream as well.
      stopStreams()
      become({ kind: 'live' })
    },
    socketLost() {
      if (failures === 0) lostAt = scheduler.now()
      failures += 1
      if (status.kind === 'live' || status.kind === 'connecting') become({ kind: 'reconnecting', since: lostAt })
      if (failures >= FAILURES_BEFORE_STEPPING_DOWN) stepDown()
    },
    socketRefused() {
      if (failures === 0) lostAt = scheduler.now()
      failures = FAILURES_BEFORE_STEPPING_DOWN
      if (status.kind === 'live') become({ kind: 'reconnecting', since: lostAt })
      stepDown()
    },
    streamWith(start) {
      streamers.set(start, wantsStreams ? start() : undefined)
      return () => {
        streamers.get(start)?.()
        streamers.delete(start)
      }
    },
    streamOpened() {
      if (!wantsStreams) return
      stopPolling()
      become({ kind: 'streaming' })
    },
    streamFailed() {
      if (!wantsStreams) return
      if (status.kind === 'streaming') lostAt = scheduler.now()
      streamsFailedAt = scheduler.now()
      stopStreams()
      if (status.kind === 'streaming') become({ kind: 'reconnecting', since: lostAt })
      cancelPoll ??= scheduler.after(0, poll)
    },
    pollWith(poller) {
      pollers.add(poller)
      return () => pollers.delete(poller)
    },
  }
}
