import { anyState, only, type Rule, rejectToCurrent } from '../rule.ts'

/** Who has been asked to stop can only have stopped. */
export const enforceCancellingToCancelled: Rule = {
  name: 'enforce-cancelling-to-cancelled',
  from: only('CANCELLING'),
  to: new Set([...anyState].filter(type => type !== 'CANCELLED')),
  decide: () => rejectToCurrent('Cannot transition flows that are cancelling to a state other than Cancelled.'),
}
