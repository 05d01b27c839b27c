import type { Attention } from './attention.ts'
import type { Connection } from './connection.ts'
import type { Scheduler } from './schedule.ts'

export interface Frame<Change> {
  cursor: string
  changes: readonly Change[]
  /** The log no longer reaches back to our cursor: only a new snapshot tells the truth. */
  hasGap: boolean
}

export interface FrameSink<Change> {
  next(frame: Frame<Change>): void
  failed(error: unknown): void
}

export interface LiveSource<Snapshot, Change> {
  load(): Promise<{ snapshot: Snapshot; cursor: string }>
  /** `after` is asked again at every reconnect, so the stream goes on from the last cursor seen. */
  follow(after: () => string, sink: FrameSink<Change>): () => void
  reset(snapshot: Snapshot): void
  apply(changes: readonly Change[]): void
}

export interface LiveView {
  /** Stays true when a later reload fails: old truth with its time is better than none. */
  readonly hasSnapshot: boolean
  readonly error: unknown
  start(): void
  stop(): void
  retry(): void
}

interface Surroundings {
  scheduler: Scheduler
  connection: Connection
  attention: Attention
  onFlush: () => void
}

const RELOAD_WHILE_LIVE_MILLISECONDS = 1_000
const RELOAD_WHILE_DOWN_MILLISECONDS = 5_000
/** Who holds back more is better off with a new snapshot. */
const MOST_HELD = 5_000

/** A snapshot, then everything that happened since: nothing missed, nothing twice, one flush per frame. */
export const createLiveView = <Snapshot, Change>(
  source: LiveSource<Snapshot, Change>,
  { scheduler, connection, attention, onFlush }: Surroundings,
): LiveView => {
  let generation = 0
  let cursor = ''
  let pending: Change[] = []
  let hasSnapshot = false
  let hasStream = false
  let isAway = false
  /** What is shown has been left behind by hand: to go on, everything must be read anew. */
  let isBehind = false
  let error: unknown
  let cancelFlush: (() => void) | undefined
  let cancelReload: (() => void) | undefined
  let unfollow: (() => void) | undefined
  let unpoll: (() => void) | undefined
  let unwatch: (() => void) | undefined
  let unattend: (() => void) | undefined
  const self = {}

  const flush = () => {
    cancelFlush = undefined
    const changes = pending
    pending = []
    if (changes.length > 0) source.apply(changes)
    onFlush()
  }

  const settle = () => {
    // First of all, so that the stream's own farewell is not taken for a failure.
    generation += 1
    unfollow?.()
    cancelFlush?.()
    cancelReload?.()
    unfollow = cancelFlush = cancelReload = undefined
    pending = []
    hasStream = false
    attention.hold(self, 0)
  }

  const isPolled = () => connection.status.kind === 'polling' || connection.status.kind === 'offline'

  const isWaiting = () => cancelReload !== undefined || (hasSnapshot && !hasStream)

  const follow = (mine: number) => {
    hasStream = true
    unfollow = source.follow(() => cursor, {
      next(frame) {
        if (mine !== generation) return
        if (frame.hasGap) return renew()
        cursor = frame.cursor
        if (frame.changes.length === 0) return
        pending.push(...frame.changes)
        if (attention.isPaused) hold()
        else cancelFlush ??= scheduler.nextFrame(flush)
      },
      failed() {
        if (mine !== generation) return
        hasStream = false
        if (isPolled()) return
        cancelReload = scheduler.after(RELOAD_WHILE_LIVE_MILLISECONDS, renew)
      },
    })
  }

  const hold = () => {
    const count = pending.length
    if (count > MOST_HELD) renew()
    attention.hold(self, count)
  }

  const renew = () => {
    isBehind = attention.isPaused
    if (isBehind) settle()
    else void reload()
  }

  /** Nobody looks: nothing is followed. Somebody looks again: everything anew. What was held back by hand goes on. */
  const attend = () => {
    if (attention.isAway !== isAway) {
      isAway = attention.isAway
      if (isAway) settle()
      else renew()
    } else if (!attention.isPaused && isBehind) renew()
    else if (!attention.isPaused && pending.length > 0) {
      attention.hold(self, 0)
      cancelFlush ??= scheduler.nextFrame(flush)
    }
  }

  const load = async (mine: number) => {
    try {
      const loaded = await source.load()
      if (mine !== generation) return false
      cursor = loaded.cursor
      source.reset(loaded.snapshot)
      error = undefined
      hasSnapshot = true
      return true
    } catch (cause) {
      if (mine === generation) error = cause ?? new Error('The server did not answer.')
      return false
    }
  }

  const reload = async () => {
    settle()
    const mine = generation
    const isLoaded = await load(mine)
    if (mine !== generation) return
    if (isLoaded && !isAway) follow(mine)
    else if (!isLoaded)
      cancelReload = scheduler.after(connection.isPushed ? RELOAD_WHILE_LIVE_MILLISECONDS : RELOAD_WHILE_DOWN_MILLISECONDS, renew)
    onFlush()
  }

  // The stream is given up before each poll and asked for again from the new snapshot's cursor. Were it kept, a socket
  // coming back during the poll could replay changes which the snapshot already counts.
  const poll = async () => {
    if (isAway || attention.isPaused) return connection.status.kind !== 'offline'
    await reload()
    return error === undefined
  }

  return {
    get hasSnapshot() {
      return hasSnapshot
    },
    get error() {
      return error
    },
    start() {
      unpoll = connection.pollWith(poll)
      // A socket that is back means a server that answers: whoever waits to try again need not.
      unwatch = connection.subscribe(() => void (connection.isPushed && isWaiting() && !isAway && renew()))
      unattend = attention.subscribe(attend)
      isAway = attention.isAway
      void reload()
    },
    stop() {
      unpoll?.()
      unwatch?.()
      unattend?.()
      settle()
    },
    retry() {
      error = undefined
      onFlush()
      void reload()
    },
  }
}
