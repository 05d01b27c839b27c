import type { Rule } from './rule.ts'
import { bypassCancellingWithoutInfrastructure } from './rules/bypass-cancelling-without-infrastructure.ts'
import { copyScheduledTime } from './rules/copy-scheduled-time.ts'
import { enforceCancellingToCancelled } from './rules/enforce-cancelling-to-cancelled.ts'
import { handlePausingFlows } from './rules/handle-pausing-flows.ts'
import { handleResumingFlows } from './rules/handle-resuming-flows.ts'
import { handleTerminalStates } from './rules/handle-terminal-states.ts'
import { onlyScheduledBecomeLate } from './rules/only-scheduled-become-late.ts'
import { preventDuplicateTransitions } from './rules/prevent-duplicate-transitions.ts'
import { preventPendingTransitions } from './rules/prevent-pending-transitions.ts'
import { preventResultDataLoss } from './rules/prevent-result-data-loss.ts'
import { retryFailedFlows } from './rules/retry-failed-flows.ts'
import { waitForScheduledTime } from './rules/wait-for-scheduled-time.ts'

/**
 * What a flow run must obey, in this order. The peer's numbers are in brackets; 1, 7, 8, 9 and 17 keep the slots of a deployment's
 * concurrency limit and come with limits, 16 is the event that every written state has.
 */
export const coreFlowPolicy: readonly Rule[] = [
  preventDuplicateTransitions, // [2]
  handleTerminalStates, // [3]
  enforceCancellingToCancelled, // [4]
  bypassCancellingWithoutInfrastructure, // [5]
  preventPendingTransitions, // [6]
  onlyScheduledBecomeLate, // [10]
  handlePausingFlows, // [11]
  handleResumingFlows, // [12]
  copyScheduledTime, // [13]
  waitForScheduledTime, // [14]
  retryFailedFlows, // [15]
]

/** What holds even under `force`. */
export const minimalFlowPolicy: readonly Rule[] = [preventResultDataLoss, bypassCancellingWithoutInfrastructure]

/** What the loop that marks runs late obeys. */
export const markLatePolicy: readonly Rule[] = [onlyScheduledBecomeLate]
