import type { Choice } from '../../parts/CheckList.svelte'
import { isStateType, lookOf, type StateType, stateTypes } from '../../parts/states.ts'

/** The names worth choosing apart from their kind. */
const names: Partial<Record<StateType, readonly string[]>> = {
  SCHEDULED: ['Late', 'AwaitingRetry', 'AwaitingConcurrencySlot', 'Resuming'],
  PENDING: ['InfrastructurePending'],
  RUNNING: ['Retrying'],
  PAUSED: ['Suspended'],
  FAILED: ['TimedOut'],
  COMPLETED: ['Cached', 'RolledBack'],
}

const known: readonly Choice[] = stateTypes.flatMap(type => [
  { value: type, label: lookOf(type).label, state: { type } },
  ...(names[type] ?? []).map(name => ({ value: name, label: lookOf(type, name).label, state: { type, name } })),
])

/** A kind of state or the name of one, as it looks; a name made up by somebody is shown as written. */
export const stateChoice = (word: string): Choice =>
  known.find(({ value }) => value === word) ??
  (isStateType(word) ? { value: word, label: lookOf(word).label, state: { type: word } } : { value: word, label: word })

export const stateChoices = (chosen: readonly string[]): readonly Choice[] => [
  ...known,
  ...chosen.filter(word => !known.some(({ value }) => value === word)).map(stateChoice),
]
