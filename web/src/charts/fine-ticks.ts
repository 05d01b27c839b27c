import { formatTick } from '../parts/words.ts'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(seconds => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE),
  ...[1, 2, 4, 6, 12, 24].map(hours => hours * HOUR),
]

/** Moments on an axis that may be milliseconds or days long. */
export const fineTicks = (start: number, end: number, most: number): { time: number; label: string }[] => {
  const step = steps.find(one => (end - start) / one <= most) ?? Math.ceil((end - start) / most / (24 * HOUR)) * 24 * HOUR
  const first = Math.ceil(start / step) * step
  return Array.from({ length: Math.max(0, Math.floor((end - first) / step) + 1) }, (_, index) => {
    const time = first + index * step
    return { time, label: step < SECOND ? `.${String(((time % SECOND) + SECOND) % SECOND).padStart(3, '0')}` : formatTick(time) }
  })
}
