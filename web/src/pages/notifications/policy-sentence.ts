import { isStateType, lookOf, type StateType } from '../../parts/states.ts'

/** What a policy says, in the names of the things it names. Nothing chosen means any, but for the channels. */
export interface PolicyTerms {
  states: readonly NamedState[]
  tags: readonly string[]
  flows: readonly string[]
  deployments: readonly string[]
  channels: readonly string[]
  storm?: StormTerms
}

/** A type alone stands for every state of it; a name alone is one which somebody made up. */
export interface NamedState {
  type?: StateType
  name?: string
}

/** How a storm of matches is held together. */
export interface StormTerms {
  groupBy: 'none' | 'flow' | 'deployment' | 'tag'
  /** The least time between two messages of one group. */
  repeatSeconds: number
  /** Messages at most in a window; the rest are told in a digest. */
  mostPerWindow?: number
  windowSeconds: number
}

/** What the words are about: the step of the wizard in which it is chosen. */
export type Part = 'flows' | 'deployments' | 'tags' | 'states' | 'channels'

export type Piece = { text: string } | { noun: string; part: Part } | { state: NamedState; word: string }

/** "If a run of any flow with daily-etl tag enters a failed state, send a notification to my-slack-webhook", in pieces. */
export const sentenceOf = ({ states, tags, flows, deployments, channels, storm }: PolicyTerms): Piece[] =>
  joined([
    { text: 'If a run of ' },
    ...(flows.length === 0 ? [{ text: 'any flow' }] : listed(nouns(flows, 'flows'), 'or')),
    ...(deployments.length === 0
      ? []
      : [{ text: ' from the ' }, ...listed(nouns(deployments, 'deployments'), 'or'), { text: ' deployment' }]),
    ...(tags.length === 0 ? [] : [{ text: ' with ' }, ...listed(nouns(tags, 'tags'), 'or'), { text: ' tag' }]),
    { text: ' enters ' },
    ...statePieces(states),
    { text: ' state, send a notification to ' },
    ...(channels.length === 0 ? [{ text: 'nobody yet' }] : listed(nouns(channels, 'channels'), 'and')),
    ...(storm === undefined ? [] : [{ text: stormClause(storm) }]),
  ])

/** As it is read aloud. */
export const sentenceText = (pieces: readonly Piece[]): string => pieces.map(wordsOf).join('')

const wordsOf = (piece: Piece): string => ('text' in piece ? piece.text : 'noun' in piece ? piece.noun : piece.word)

const nouns = (names: readonly string[], part: Part): Piece[] => names.map(noun => ({ noun, part }))

const statePieces = (states: readonly NamedState[]): Piece[] => {
  const pieces = states.map(state => ({ state, word: stateWord(state) }))
  const [first] = pieces
  return first === undefined ? [{ text: 'any' }] : [{ text: `${articleOf(first.word)} ` }, ...listed(pieces, 'or')]
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

const startsWithVowelSound = /^(?:[aeio]|u(?!ni(?!n|m)|s[aeiu]|ti)|hour|honest|heir)/i
const startsLikeYouOrOne = /^(?:eu|one\b|once\b)/i

export const articleOf = (word: string): 'a' | 'an' => (startsWithVowelSound.test(word) && !startsLikeYouOrOne.test(word) ? 'an' : 'a')

/** "x", "x or y", "x, y or z". */
const listed = (pieces: readonly Piece[], last: 'or' | 'and'): Piece[] =>
  pieces.flatMap((piece, index) => {
    if (index === 0) return [piece]
    return [{ text: index === pieces.length - 1 ? ` ${last} ` : ', ' }, piece]
  })

const stormClause = ({ groupBy, repeatSeconds, mostPerWindow, windowSeconds }: StormTerms): string => {
  const one = groupBy === 'none' ? 'one' : `one for each ${groupBy}`
  const clauses = [
    ...(repeatSeconds > 0 ? [`at most ${one} in ${spanWords(repeatSeconds)}`] : groupBy === 'none' ? [] : [one]),
    ...(mostPerWindow === undefined ? [] : [`no more than ${mostPerWindow} in ${spanWords(windowSeconds)} and the rest in a digest`]),
  ]
  return clauses.map(clause => `, ${clause}`).join('')
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** In the largest unit that measures it exactly: "15 minutes". */
export const spanWords = (seconds: number): string => {
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['second', 1]
  const count = seconds / size
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Words that touch are one piece, so that whoever draws them draws few. */
const joined = (pieces: readonly Piece[]): Piece[] => {
  const all: Piece[] = []
  for (const piece of pieces) {
    const before = all.at(-1)
    if ('text' in piece && before !== undefined && 'text' in before) all[all.length - 1] = { text: before.text + piece.text }
    else all.push(piece)
  }
  return all
}
