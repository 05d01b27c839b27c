import { formatTick, zoneOffset } from '../parts/words.ts'
import type { TimeRange } from './time-range.ts'

const HOUR = 3_600_000
const steps = [1 / 4, 1 / 2, 1, 2, 3, 6, 12, 24, 48, 96, 168].map(hours => hours * HOUR)

/** Round hours of the zone that moments are told in; where midnight falls stands the day. */
export const ticksOf = ({ start, end }: Pick<TimeRange, 'start' | 'end'>, most: number): { time: number; label: string }[] => {
  const step = steps.find(one => (end - start) / one <= most) ?? 14 * 24 * HOUR
  const offset = zoneOffset(start)
  const first = Math.ceil((start + offset) / step) * step - offset
  return Array.from({ length: Math.max(0, Math.ceil((end - first) / step)) }, (_, index) => {
    const time = first + index * step
    return { time, label: formatTick(time) }
  })
}
