import { MICROSECONDS_PER_SECOND, parseInstant } from '../../../kernel/clock.ts'
import { only, type SharedRule } from '../rule.ts'

/** A run does not start before its time: the caller is told how long to wait. */
export const waitForScheduledTime: SharedRule = {
  name: 'wait-for-scheduled-time',
  from: only('SCHEDULED', 'PENDING'),
  to: only('RUNNING'),
  decide({ from, now }) {
    const scheduled = from!.details.scheduled_time
    const due = scheduled ? parseInstant(scheduled) : undefined
    if (due === undefined || due <= now) return undefined
    const seconds = Math.round((due - now) / MICROSECONDS_PER_SECOND)
    return seconds > 0 ? { is: 'wait', seconds, reason: 'Scheduled time is in the future' } : undefined
  },
}
