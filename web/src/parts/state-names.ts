// Written by `npm run lists` from src/core/states/state-names.ts. Not edited by hand.
import type { StateType } from './states.ts'

/** The names that clients and the server give to states of a type, its own first. */
export const namesOfTypes: Readonly<Record<StateType, readonly string[]>> = {
  SCHEDULED: ['Scheduled', 'Late', 'AwaitingRetry', 'AwaitingConcurrencySlot', 'Resuming'],
  PENDING: ['Pending', 'Submitting', 'InfrastructurePending', 'NotReady'],
  RUNNING: ['Running', 'Retrying', 'Rerunning'],
  COMPLETED: ['Completed', 'Cached', 'RolledBack'],
  FAILED: ['Failed', 'TimedOut'],
  CRASHED: ['Crashed'],
  PAUSED: ['Paused', 'Suspended'],
  CANCELLING: ['Cancelling'],
  CANCELLED: ['Cancelled'],
}
