import { type Instant, parseInstant, seconds } from '../../kernel/clock.ts'
import { refuse } from './wire.ts'

export const timeUnits = ['week', 'day', 'hour', 'minute', 'second'] as const

const unitSeconds: Readonly<Record<(typeof timeUnits)[number], number>> = { week: 604_800, day: 86_400, hour: 3_600, minute: 60, second: 1 }

const MOST_SPANS = 1000
/** From where the peer counts its spans. */
const PIVOT = parseInstant('2024-04-01T00:00:00Z')!

/** The whole spans of time that a range touches, numbered from the peer's pivot. */
export function spansOf(
  { since, until }: { readonly since: Instant; readonly until: Instant },
  unit: (typeof timeUnits)[number],
  interval: number,
) {
  const size = seconds(unitSeconds[unit] * interval)
  const count = Math.ceil((until - since) / size)
  if (count > MOST_SPANS)
    throw refuse(
      422,
      `The given interval would create ${count} buckets, which is too many. Please increase the interval or reduce the time range to produce ${MOST_SPANS} buckets or fewer.`,
    )
  const first = Math.floor((since - PIVOT) / size)
  const last = Math.floor((until - PIVOT) / size)
  return Array.from({ length: Math.min(MOST_SPANS, Math.max(0, last - first + 1)) }, (_, place) => {
    const index = first + place
    return { index, start: Math.round(PIVOT + index * size), end: Math.round(PIVOT + (index + 1) * size) }
  })
}
