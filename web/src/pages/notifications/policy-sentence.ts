import type { SentencePartFragment } from '../../generated/graphql.ts'

/** The sentence that a policy reads as, as the server puts it: "If a run of any flow with daily-etl tag enters a failed state, …". */
export type Sentence = readonly Pick<SentencePartFragment, 'kind' | 'text' | 'stateType' | 'stateName'>[]

/** What the words are about: the step of the wizard in which it is chosen. */
export type Part = 'flows' | 'deployments' | 'tags' | 'states' | 'channels'

export const partOf = {
  FLOW: 'flows',
  DEPLOYMENT: 'deployments',
  TAG: 'tags',
  STATE: 'states',
  CHANNEL: 'channels',
} as const satisfies Record<Exclude<Sentence[number]['kind'], 'TEXT'>, Part>

/** As it is read aloud. */
export const sentenceText = (sentence: Sentence): string => sentence.map(({ text }) => text).join('')
