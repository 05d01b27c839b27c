import type { Rule, TaskRule } from './rule.ts'
import { bypassCancellingWithoutInfrastructure } from './rules/bypass-cancelling-without-infrastructure.ts'
import { cacheResults } from './rules/cache-results.ts'
import { copyScheduledTime } from './rules/copy-scheduled-time.ts'
import { copyTaskParameters } from './rules/copy-task-parameters.ts'
import { enforceCancellingToCancelled } from './rules/enforce-cancelling-to-cancelled.ts'
import { handlePausingFlows } from './rules/handle-pausing-flows.ts'
import { handleResumingFlows } from './rules/handle-resuming-flows.ts'
import { handleTerminalStates } from './rules/handle-terminal-states.ts'
import { handleTerminalTasks } from './rules/handle-terminal-tasks.ts'
import { keepTasksOfStoppedFlows } from './rules/keep-tasks-of-stopped-flows.ts'
import { nameReruns } from './rules/name-reruns.ts'
import { onlyScheduledBecomeLate } from './rules/only-scheduled-become-late.ts'
import { preventDuplicateTransitions } from './rules/prevent-duplicate-transitions.ts'
import { preventPendingTransitions } from './rules/prevent-pending-transitions.ts'
import { preventResultDataLoss } from './rules/prevent-result-data-loss.ts'
import { retryFailedFlows } from './rules/retry-failed-flows.ts'
import { retryFailedTasks } from './rules/retry-failed-tasks.ts'
import { takeCachedResult } from './rules/take-cached-result.ts'
import { trackFlowRunAttempt } from './rules/track-flow-run-attempt.ts'
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

/** What a task run must obey that the server orchestrates, in this order. Slots of tag limits are to be taken behind `keepTasksOfStoppedFlows`. */
export const coreTaskPolicy: readonly TaskRule[] = [
  takeCachedResult,
  handleTerminalTasks,
  keepTasksOfStoppedFlows,
  copyScheduledTime,
  waitForScheduledTime,
  retryFailedTasks,
  nameReruns,
  trackFlowRunAttempt,
  cacheResults,
]

/** The same for one that runs in the background, outside of flows; whoever takes it takes it once. */
export const backgroundTaskPolicy: readonly TaskRule[] = [
  preventPendingTransitions,
  takeCachedResult,
  handleTerminalTasks,
  copyScheduledTime,
  copyTaskParameters,
  waitForScheduledTime,
  retryFailedTasks,
  nameReruns,
  trackFlowRunAttempt,
  cacheResults,
]

/** Under `force`, and for what follows from another run. */
export const minimalTaskPolicy: readonly TaskRule[] = []
