import { anyStateOrNone, only, type Rule, rejectToCurrent } from '../rule.ts'

/** Late is said once, of a run that waits for its time. */
export const onlyScheduledBecomeLate: Rule = {
  name: 'only-scheduled-become-late',
  from: anyStateOrNone,
  to: only('SCHEDULED'),
  decide({ from, to }) {
    if (from === null || to.name !== 'Late') return undefined
    if (from.type !== 'SCHEDULED') return rejectToCurrent('Only scheduled flows can be marked late.')
    return from.name === 'Late' ? rejectToCurrent('This flow run is already marked late.') : undefined
  },
}
