import { formatAgo, formatDuration } from '../../parts/words.ts'

const EXACT_SECONDS = 600

/** "in 4m 56s", "in 34m", "late 5m 04s". */
export const dueIn = (due: number, now: number, isLate: boolean): string => {
  const seconds = Math.floor((due - now) / 1000)
  if (isLate) return `late ${formatDuration(-seconds)}`
  if (seconds <= 0) return 'due now'
  return seconds < EXACT_SECONDS ? `in ${formatDuration(seconds)}` : formatAgo(due, now)
}
