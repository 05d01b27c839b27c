import { hasPersistedData, isTerminalType } from '../../states/index.ts'
import { abort, anyState, rejectToCurrent, type TaskRule, terminalStates } from '../rule.ts'

/** A task that has ended is only left to be run again, with all its retries; never one whose result is stored. */
export const handleTerminalTasks: TaskRule = {
  name: 'handle-terminal-tasks',
  from: terminalStates,
  to: anyState,
  decide({ run, flowRun, from, to }) {
    if (to.type === 'CANCELLING' || to.type === 'PAUSED' || to.type === 'CRASHED') return abort(`Run is already ${from!.type}.`)
    if (from!.type === 'COMPLETED' && hasPersistedData(from!)) return rejectToCurrent('This run is already completed.')
    const isFlowRetry = flowRun !== null && run.flowRunRunCount < flowRun.runCount
    return to.type === 'RUNNING' && isFlowRetry ? { is: 'amend', state: { ...to, name: 'Retrying' } } : undefined
  },
  prepare: ({ run, to }) => (isTerminalType(to.type) ? run : { ...run, runCount: 0 }),
}
