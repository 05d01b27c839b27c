import type { Rule } from './rule.ts'
import { handleTerminalStates } from './rules/handle-terminal-states.ts'
import { preventDuplicateTransitions } from './rules/prevent-duplicate-transitions.ts'
import { preventPendingTransitions } from './rules/prevent-pending-transitions.ts'
import { preventResultDataLoss } from './rules/prevent-result-data-loss.ts'
import { retryFailedFlows } from './rules/retry-failed-flows.ts'
import { waitForScheduledTime } from './rules/wait-for-scheduled-time.ts'

/** What a flow run must obey, in this order. The peer's numbers are in brackets; the gaps are rules that come with their concepts. */
export const coreFlowPolicy: readonly Rule[] = [
  preventDuplicateTransitions, // [2]
  handleTerminalStates, // [3]
  preventPendingTransitions, // [6]
  waitForScheduledTime, // [14]
  retryFailedFlows, // [15]
]

/** What holds even under `force`. */
export const minimalFlowPolicy: readonly Rule[] = [preventResultDataLoss]
