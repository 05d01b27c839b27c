/** Microseconds since 1970-01-01 UTC, an integer: the SDK's own precision, exact in a double until the year 2255. */
export type Instant = number

export interface Timer {
  stop(): void
}

/** All time in the server comes from here, so that a test, or a whole simulated server, can own it. */
export interface Clock {
  now(): Instant
  /** Runs `task` once after `milliseconds`. The timer does not keep the process alive. */
  after(milliseconds: number, task: () => void): Timer
  /** Runs `task` when the work of the current event-loop turn is done. */
  nextTurn(task: () => void): void
  /** Milliseconds of a monotonic clock, for measuring how long something took. */
  elapsed(): number
}

export const systemClock: Clock = Object.freeze({
  now: () => Date.now() * 1000,
  after(milliseconds: number, task: () => void) {
    const handle = setTimeout(task, milliseconds)
    handle.unref()
    return { stop: () => clearTimeout(handle) }
  },
  nextTurn: (task: () => void) => void setImmediate(task),
  elapsed: () => performance.now(),
})

/** For the command line, which has nothing else to wait for: this one keeps the process alive. */
export const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

export const MICROSECONDS_PER_SECOND = 1_000_000

export const seconds = (count: number): Instant => Math.round(count * MICROSECONDS_PER_SECOND)

export const toSeconds = (duration: Instant): number => duration / MICROSECONDS_PER_SECOND

/** `2026-11-25T13:00:00.123456Z` */
export function toIso(instant: Instant): string {
  const milliseconds = Math.floor(instant / 1000)
  const rest = instant - milliseconds * 1000
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** Reads ISO-8601 with up to microseconds; a time without an offset is UTC. Answers undefined when it is no time. */
export function parseInstant(text: string): Instant | undefined {
  const match = iso.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = match
  if (Number(day) > daysIn(Number(year), Number(month))) return undefined
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${normaliseOffset(offset)}`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

/** JavaScript takes the 30th of February for the 2nd of March. */
const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function normaliseOffset(offset: string): string {
  if (offset === 'Z' || offset === 'z') return 'Z'
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  return `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`
}

/** Resolves after the time or when the signal aborts, whichever comes first. */
export function rest(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = clock.after(milliseconds, resolve)
  const stop = () => {
    timer.stop()
    resolve()
  }
  signal.addEventListener('abort', stop, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', stop))
}
