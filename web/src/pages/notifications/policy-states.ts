import { isStateType, lookOf, type StateType, typeOfName } from '../../parts/states.ts'

/** A type alone stands for every state of it; a name alone is one which somebody made up. */
export interface NamedState {
  type?: StateType
  name?: string
}

/** As policies name states: by type, or by the name that a state carries. */
export const stateNamed = (word: string): NamedState => {
  if (isStateType(word)) return { type: word }
  const type = typeOfName(word)
  return type === undefined ? { name: word } : { type, name: word }
}

/** Ours in lower case and in words: "timed out". One's own as it was written. */
export const stateWord = ({ type, name }: NamedState): string =>
  type === undefined ? (name ?? 'any') : lookOf(type, name).label.toLowerCase()
