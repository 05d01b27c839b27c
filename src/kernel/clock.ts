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

const MICROSECONDS_PER_DAY = 86_400_000_000

/** `2026-11-25T13:00:00.123456Z`. Reckoned here, since each event and each row has several of them: a Date takes three times as long. */
export function toIso(instant: Instant): string {
  const day = Math.floor(instant / MICROSECONDS_PER_DAY)
  const second = Math.floor(instant / MICROSECONDS_PER_SECOND)
  const fraction = instant - second * MICROSECONDS_PER_SECOND
  const inDay = second - day * 86_400
  const minute = Math.floor(inDay / 60)
  return `${dateOf(day)}T${two[Math.floor(minute / 60)]}:${two[minute % 60]}:${two[inDay % 60]}.${String(fraction + MICROSECONDS_PER_SECOND).slice(1)}Z`
}

const two: readonly string[] = Object.freeze(Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0')))

/** Days since 1970-01-01 as a date of the Gregorian calendar, by eras of 400 years that begin in March. */
function dateOf(day: number): string {
  const era = Math.floor((day + 719_468) / 146_097)
  const inEra = day + 719_468 - era * 146_097
  const yearOfEra = Math.floor((inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365)
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * inYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two[month]}-${two[inYear - Math.floor((153 * fromMarch + 2) / 5) + 1]}`
}

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** Reads ISO-8601 with up to microseconds; a time without an offset is UTC. Answers undefined when it is no time. */
export function parseInstant(text: string): Instant | undefined {
  const usual = parseUsual(text)
  if (usual !== undefined) return usual
  const match = iso.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = match
  if (Number(day) > daysIn(Number(year), Number(month))) return undefined
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${normaliseOffset(offset)}`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

const USUAL = '2026-11-25T13:00:00.123456Z'

/** The spelling of nearly all there are, without the expression. */
function parseUsual(text: string): Instant | undefined {
  if (text.length !== USUAL.length) return undefined
  let digits = 0
  for (let index = 0; index < text.length; index++) {
    const isDigit = (text.charCodeAt(index) - 48) >>> 0 < 10
    if (isDigit) digits++
    else if (text[index] !== USUAL[index]) return undefined
  }
  if (digits !== 20) return undefined
  const [year, month, day, hour, minute, second] = [
    number(text, 0, 4),
    number(text, 5, 7),
    number(text, 8, 10),
    number(text, 11, 13),
    number(text, 14, 16),
    number(text, 17, 19),
  ]
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined
  return Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + number(text, 20, 26)
}

function number(text: string, from: number, to: number): number {
  let value = 0
  for (let index = from; index < to; index++) value = value * 10 + text.charCodeAt(index) - 48
  return value
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
