import type { Clock } from './clock.ts'
import type { LogEntry } from './storage.ts'

export interface Page<Entry> {
  readonly entries: readonly Entry[]
  /** Everything up to this number has been seen. */
  readonly upTo: number
}

export interface StreamSource<Entry> {
  read(after: number, limit: number): Promise<Entry[]>
}

/**
 * One log's live end: a ring of the newest entries, shared by all who follow. A follower is a cursor over the ring, not a queue; who falls off its
 * old end reads the log. Entries enter the ring in log order without a hole, so that the ring is always a suffix of the log:
 * what this server committed is pushed if it continues the ring, and anything else is read from the log.
 */
export interface Stream<Entry extends LogEntry> {
  /** The newest number known here. */
  readonly newest: number
  /** With those who hear the pages of another, and without the services of this server. */
  readonly followers: number
  /** How many services of this server follow. */
  readonly services: number
  /** Counts one who hears the pages of another. Answers how to count it no more. */
  attend(): () => void
  /** What this server has just committed. */
  push(entries: readonly Entry[]): void
  /** Something may have been committed elsewhere: look. */
  wake(): void
  /** Pages of everything after `after`, for ever, until the signal aborts. */
  follow(after: number, signal: AbortSignal, who?: { readonly isService: boolean }): AsyncGenerator<Page<Entry>, void, undefined>
}

export interface StreamOptions {
  readonly clock: Clock
  readonly log: { warn(facts: object, message: string): void }
  readonly capacity?: number
  readonly pageSize?: number
  /** How often to look without being woken; a wake-up is a hint that can be lost. 0 = never (nobody else writes). */
  readonly lookEveryMilliseconds?: number
}

export function createStream<Entry extends LogEntry>(source: StreamSource<Entry>, start: number, options: StreamOptions): Stream<Entry> {
  const { clock, capacity = 8192, pageSize = 500, lookEveryMilliseconds = 0 } = options
  let ring: Entry[] = []
  let before = start
  let newest = start
  let followers = 0
  let services = 0
  let attendants = 0
  let reading = false
  let isStale = false
  let changed = Promise.withResolvers<void>()

  const announce = () => {
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }

  const append = (entries: readonly Entry[]) => {
    for (const entry of entries) if (entry.seq > newest) ring.push(entry)
    newest = Math.max(newest, entries.at(-1)?.seq ?? newest)
    if (ring.length > 2 * capacity) {
      before = ring[ring.length - capacity - 1]!.seq
      ring = ring.slice(-capacity)
    }
    announce()
  }

  const continues = (entries: readonly Entry[]): boolean => {
    let expected = newest + 1
    for (const { seq } of entries) if (seq !== expected++) return false
    return true
  }

  async function readMissing() {
    isStale = true
    if (reading) return
    reading = true
    try {
      while (isStale) {
        isStale = false
        const entries = await source.read(newest, pageSize)
        if (entries.length > 0) append(entries)
        if (entries.length === pageSize) isStale = true
      }
    } catch (error) {
      options.log.warn({ error }, 'The log could not be read; followers go on when it can.')
      clock.after(500, () => void readMissing())
    } finally {
      reading = false
    }
  }

  const look = () => {
    if (followers > 0) void readMissing()
    clock.after(lookEveryMilliseconds, look)
  }
  if (lookEveryMilliseconds > 0) clock.after(lookEveryMilliseconds, look)

  const inRing = (cursor: number): Entry[] => {
    let low = 0
    let high = ring.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ring[middle]!.seq <= cursor) low = middle + 1
      else high = middle
    }
    return ring.slice(low, low + pageSize)
  }

  async function* follow(
    after: number,
    signal: AbortSignal,
    { isService } = { isService: false },
  ): AsyncGenerator<Page<Entry>, void, undefined> {
    let cursor = after
    signal.addEventListener('abort', announce, { once: true })
    followers++
    if (isService) services++
    try {
      while (!signal.aborted) {
        const armed = changed.promise
        const entries = cursor < before ? await source.read(cursor, pageSize) : inRing(cursor)
        if (entries.length > 0) {
          cursor = entries.at(-1)!.seq
          yield { entries, upTo: cursor }
        } else if (cursor < before) {
          cursor = before
        } else {
          await armed
        }
      }
    } finally {
      followers--
      if (isService) services--
      signal.removeEventListener('abort', announce)
    }
  }

  return {
    get newest() {
      return newest
    },
    get followers() {
      return followers + attendants - services
    },
    get services() {
      return services
    },
    attend() {
      attendants++
      return () => void attendants--
    },
    push(entries) {
      if (entries.length === 0) return
      if (continues(entries)) append(entries)
      else void readMissing()
    },
    wake: () => void readMissing(),
    follow,
  }
}
