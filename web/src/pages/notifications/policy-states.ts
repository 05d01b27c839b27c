import { isStateType, lookOf, type StateType } from '../../parts/states.ts'

/** A type alone stands for every state of it; a name alone is one which somebody made up. */
export interface NamedState {
  type?: StateType
  name?: string
}

/** As policies name states: by type, or by the name that a state carries. */
export const stateNamed = (word: string): NamedState => {
  if (isStateType(word)) return { type: word }
  const type = namesOfTypes.find(([, names]) => names.includes(word))?.[0]
  return type === undefined ? { name: word } : { type, name: word }
}

/** Ours in lower case and in words: "timed out". One's own as it was written. */
export const stateWord = ({ type, name }: NamedState): string =>
  type === undefined ? (name ?? 'any') : lookOf(type, name).label.toLowerCase()

const namesOfTypes = Object.entries({
  SCHEDULED: ['Scheduled', 'Late', 'AwaitingRetry', 'AwaitingConcurrencySlot', 'Resuming'],
  PENDING: ['Pending', 'Submitting', 'InfrastructurePending', 'NotReady'],
  RUNNING: ['Running', 'Retrying', 'Rerunning'],
  COMPLETED: ['Completed', 'Cached', 'RolledBack'],
  FAILED: ['Failed', 'TimedOut'],
  CRASHED: ['Crashed'],
  PAUSED: ['Paused', 'Suspended'],
  CANCELLING: ['Cancelling'],
  CANCELLED: ['Cancelled'],
} satisfies Record<StateType, string[]>) as [StateType, string[]][]

/** What one can choose from: each type, then the names that stand for a part of it. */
export const knownStates: readonly NamedState[] = namesOfTypes.flatMap(([type, [, ...names]]) => [
  { type },
  ...names.map(name => ({ type, name })),
])
