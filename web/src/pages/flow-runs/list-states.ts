import type { Choice } from '../../parts/CheckList.svelte'
import { isStateType, knownStates, lookOf } from '../../parts/states.ts'

const known: readonly Choice[] = knownStates.map(state => ({
  value: state.name ?? state.type,
  label: lookOf(state.type, state.name).label,
  state,
}))

/** A kind of state or the name of one, as it looks; a name made up by somebody is shown as written. */
export const stateChoice = (word: string): Choice =>
  known.find(({ value }) => value === word) ??
  (isStateType(word) ? { value: word, label: lookOf(word).label, state: { type: word } } : { value: word, label: word })

export const stateChoices = (chosen: readonly string[]): readonly Choice[] => [
  ...known,
  ...chosen.filter(word => !known.some(({ value }) => value === word)).map(stateChoice),
]
