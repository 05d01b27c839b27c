import { only, type SharedRule } from '../rule.ts'

/** A claimed run remembers when it was due. */
export const copyScheduledTime: SharedRule = {
  name: 'copy-scheduled-time',
  from: only('SCHEDULED'),
  to: only('PENDING'),
  decide({ from, to }) {
    if (to.details.scheduled_time) return undefined
    return { is: 'amend', state: { ...to, details: { ...to.details, scheduled_time: from!.details.scheduled_time ?? null } } }
  },
}
