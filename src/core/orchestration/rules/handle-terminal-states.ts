import { hasPersistedData, isTerminalType } from '../../states/index.ts'
import { abort, anyState, type Rule, rejectToCurrent, terminalStates } from '../rule.ts'
import { resultWouldBeLost } from './prevent-result-data-loss.ts'

/** A run that has ended is only left to be run again, and never loses a stored result. */
export const handleTerminalStates: Rule = {
  name: 'handle-terminal-states',
  from: terminalStates,
  to: anyState,
  decide({ run, from, to }) {
    if (to.type === 'CANCELLING' || to.type === 'PAUSED' || to.type === 'CRASHED') {
      return abort(`Run is already in terminal state ${from!.type}.`)
    }
    if (from!.type === 'COMPLETED' && hasPersistedData(from!)) {
      if (!isTerminalType(to.type)) return rejectToCurrent('Run is already COMPLETED.')
      if (to.type === 'COMPLETED' && !hasPersistedData(to)) return rejectToCurrent(resultWouldBeLost)
    }
    if (to.type === 'SCHEDULED' && run.deploymentId === null) {
      return abort('Cannot reschedule a run without an associated deployment.')
    }
    return undefined
  },
  prepare({ run, to }) {
    if (isTerminalType(to.type)) return run.empiricalPolicy
    return { ...run.empiricalPolicy, resuming: false, pause_keys: [], retry_type: to.type === 'SCHEDULED' ? 'reschedule' : null }
  },
}
