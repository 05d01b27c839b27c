import { anyState, anyStateOrNone, type Rule, rejectToCurrent } from '../rule.ts'

/** A retried request proposes the transition it has already made: the same id answers the state it led to. Wins over every other rule. */
export const preventDuplicateTransitions: Rule = {
  name: 'prevent-duplicate-transitions',
  from: anyStateOrNone,
  to: anyState,
  decide({ from, to }) {
    const id = to.details.transition_id
    if (!id || from?.details.transition_id !== id) return undefined
    return rejectToCurrent('This run has already made this state transition.')
  },
}
