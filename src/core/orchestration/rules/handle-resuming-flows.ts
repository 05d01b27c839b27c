import { parseInstant } from '../../../kernel/clock.ts'
import { isTerminalType, type StateType } from '../../states/index.ts'
import { anyState, only, type Rule, rejectToCurrent } from '../rule.ts'

const ways: ReadonlySet<StateType> = only('RUNNING', 'SCHEDULED', 'CANCELLING')

/** A pause is left by running on, by being scheduled again, by being cancelled or by ending; after its timeout only by failing. */
export const handleResumingFlows: Rule = {
  name: 'handle-resuming-flows',
  from: only('PAUSED'),
  to: anyState,
  decide({ run, from, to, now }) {
    if (!ways.has(to.type) && !isTerminalType(to.type)) {
      return rejectToCurrent(`This run cannot transition to the ${to.type} state from the ${from!.type} state.`)
    }
    if (to.type === 'CANCELLING') return undefined
    const said = to.name.toLowerCase()
    if (from!.details.pause_reschedule && run.deploymentId === null) {
      return rejectToCurrent(`Cannot reschedule a ${said} flow run without a deployment.`)
    }
    const timeout = from!.details.pause_timeout ? parseInstant(from!.details.pause_timeout) : undefined
    if (timeout === undefined || timeout >= now) return undefined
    const verb = to.name === 'Suspended' ? 'suspend' : 'pause'
    return {
      is: 'reject',
      reason: `The flow run ${verb} has timed out and can no longer resume.`,
      state: { type: 'FAILED', name: 'Failed', message: `The flow was ${said} and never resumed.`, data: null, details: {} },
    }
  },
  settle: ({ run }) => ({ ...run.empiricalPolicy, resuming: true }),
}
