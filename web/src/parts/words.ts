const counts = new Intl.NumberFormat('en-GB')

/** Of the zone in which moments are told; every use of it is drawn again when that changes. */
let readZone = (): string | undefined => undefined

/** Gives the zone: an IANA name, or undefined for that of the browser. */
export const tellMomentsIn = (read: () => string | undefined): void => {
  readZone = read
}

// Asked once: it costs as much as telling fifty moments.
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

export const shownZone = (): string => readZone() ?? ownZone

const makeFormats = (timeZone: string) => {
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
  return {
    clock: format({ ...time, second: '2-digit' }),
    day: format({ weekday: 'short', day: 'numeric', month: 'short', ...time }),
    dayOfYear: format({ day: 'numeric', month: 'short', year: 'numeric', ...time }),
    date: format({ day: '2-digit', month: 'short' }),
    dateOfYear: format({ day: '2-digit', month: 'short', year: 'numeric' }),
    year: format({ year: 'numeric' }),
    exact: format({ dateStyle: 'full', timeStyle: 'long' }),
    minute: format(time),
    weekday: format({ weekday: 'short', day: 'numeric' }),
    offset: format({ timeZoneName: 'longOffset' }),
  }
}
const formatsByZone = new Map<string, ReturnType<typeof makeFormats>>()
const formats = () => {
  const zone = shownZone()
  const known = formatsByZone.get(zone) ?? makeFormats(zone)
  formatsByZone.set(zone, known)
  return known
}

export const formatCount = (count: number): string => counts.format(count)

/** Counted to the end, or only so far: "45", "more than 10,000". */
export const countInWords = ({ value, isExact }: { value: number; isExact: boolean }): string =>
  `${isExact ? '' : 'more than '}${formatCount(value)}`

export const formatClock = (time: number): string => formats().clock.format(time)

/** For an axis of time: the day where it begins, seconds only where there are any. */
export const formatTick = (time: number): string => {
  if (time % 60_000 !== 0) return formatClock(time)
  const minute = formats().minute.format(time)
  return minute === '00:00' ? formats().weekday.format(time) : minute
}

/** How far the zone in which moments are told was ahead of UTC then, in milliseconds. */
export const zoneOffset = (time: number): number => {
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(formats().offset.format(time)) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}

export const formatExact = (time: number): string => formats().exact.format(time)

/** For axes: the clock without its seconds, and the day alone. */
export const formatHour = (time: number): string => formats().minute.format(time)

export const formatDay = (time: number): string => formats().weekday.format(time)

/** For a field that takes the time of a clock on the wall: that of the zone in which moments are told. */
export const toWallClock = (time: number): string => new Date(time + zoneOffset(time)).toISOString().slice(0, 16)

export const fromWallClock = (wall: string): number => {
  const atUtc = Date.parse(`${wall}Z`)
  return atUtc - zoneOffset(atUtc - zoneOffset(atUtc))
}

const DAY_SECONDS = 86_400
const DAY_MILLISECONDS = DAY_SECONDS * 1000

/** "07:00 to 07:15", with the day where it is not within one day. Whole days are named alone. */
export const formatStretch = (start: number, end: number): string => {
  const isMidnight = (time: number) => (time + zoneOffset(time)) % DAY_MILLISECONDS === 0
  if (isMidnight(start) && isMidnight(end)) {
    const last = formatDay(end - 1)
    return formatDay(start) === last ? last : `${formatDay(start)} to ${last}`
  }
  const isOneDay = formatDay(start) === formatDay(end - 1)
  return `${formatDay(start)}, ${formatHour(start)} to ${isOneDay ? '' : `${formatDay(end)}, `}${formatHour(end)}`
}

/** "15-minute", "2-hour", "1-day". */
export const formatLength = (milliseconds: number): string => {
  const minutes = milliseconds / 60_000
  if (minutes < 60) return `${minutes}-minute`
  return minutes < 24 * 60 ? `${minutes / 60}-hour` : `${minutes / 1440}-day`
}

/** Of an axis: "2h", "12h", "2d". */
export const formatSpan = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes < 60) return `${minutes}m`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)}h` : `${Math.round(minutes / 1440)}d`
}

const isNear = (time: number, now: number): boolean => Math.abs(now - time) < DAY_MILLISECONDS

const isSameYear = (time: number, now: number): boolean => formats().year.format(time) === formats().year.format(now)

/** The day with its clock; in another year the year with them. */
const dayOf = (time: number, now: number): string => formats()[isSameYear(time, now) ? 'day' : 'dayOfYear'].format(time)

/** As wide for every day of a month: "05 Nov"; in another year "05 Nov 2025". */
export const formatDate = (time: number, now: number): string => formats()[isSameYear(time, now) ? 'date' : 'dateOfYear'].format(time)

/** The clock alone within the last day, the day with it before. */
export const formatMoment = (time: number, now: number): string => (isNear(time, now) ? formatClock(time) : dayOf(time, now))

/** In a sentence: "at 07:57:52", "on Sat 21 Nov, 07:57". */
export const formatWhen = (time: number, now: number): string => `${isNear(time, now) ? 'at' : 'on'} ${formatMoment(time, now)}`

export const formatDuration = (seconds: number): string => {
  if (seconds < 0) return '0s'
  if (seconds < 1) return seconds === 0 ? '0s' : `${Math.max(1, Math.round(seconds * 1000))} ms`
  const whole = Math.floor(seconds)
  const [days, hours, minutes, rest] = [
    Math.floor(whole / DAY_SECONDS),
    Math.floor((whole % DAY_SECONDS) / 3600),
    Math.floor((whole % 3600) / 60),
    whole % 60,
  ]
  const two = (value: number) => String(value).padStart(2, '0')
  if (days > 0) return `${days}d ${two(hours)}h`
  if (hours > 0) return `${hours}h ${two(minutes)}m`
  if (minutes > 0) return `${minutes}m ${two(rest)}s`
  return `${rest}s`
}

/** "4m ago", "in 34m"; exact only as far as it helps. */
export const formatAgo = (time: number, now: number): string => {
  const seconds = Math.round((now - time) / 1000)
  if (Math.abs(seconds) < 2) return 'now'
  const size = Math.abs(seconds)
  const words =
    size < 60 ? `${size}s` : size < 3600 ? `${Math.floor(size / 60)}m` : size < DAY_SECONDS ? `${Math.floor(size / 3600)}h` : undefined
  if (words === undefined) return dayOf(time, now)
  return seconds > 0 ? `${words} ago` : `in ${words}`
}

/** In units of a thousand, as disks are sold: "4.2 MB". */
export const formatBytes = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const size = bytes / 1000 ** power
  if (bytes === 1) return '1 byte'
  return `${power === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[power]}`
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** As a clock says it: the city, or UTC. */
export const zoneName = (zone: string = shownZone()): string => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
