import type { StateType } from './state.ts'

/** The names that clients and this server give to states of a type, its own first. */
const namesOfTypes: Record<StateType, readonly string[]> = {
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

const typesByName = new Map(Object.entries(namesOfTypes).flatMap(([type, names]) => names.map(name => [name, type as StateType] as const)))

/** Null for a name that somebody made up. */
export const typeOfName = (name: string): StateType | null => typesByName.get(name) ?? null
