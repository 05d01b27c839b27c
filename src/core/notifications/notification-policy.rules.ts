import type { StateType } from '../states/index.ts'
import { inWords, withArticle } from './message-template.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'

/** What a policy looks at in a run that entered a state. */
export interface Happening {
  readonly stateName: string
  readonly stateType: StateType
  readonly tags: readonly string[]
  readonly flowId: string
  readonly deploymentId: string | null
}

type Criteria = Pick<NotificationPolicyRecord, 'stateNames' | 'stateTypes' | 'tags' | 'flowIds' | 'deploymentIds'>

/** A list that is empty asks for nothing; of one that is not, any member will do. */
export const matchesPolicy = (policy: Criteria, happening: Happening): boolean =>
  matchesState(policy, happening) &&
  matchesTags(policy.tags, happening.tags) &&
  isAnyOf(policy.flowIds, happening.flowId) &&
  isAnyOf(policy.deploymentIds, happening.deploymentId)

export const matchesState = (
  { stateNames, stateTypes }: Pick<Criteria, 'stateNames' | 'stateTypes'>,
  { stateName, stateType }: Pick<Happening, 'stateName' | 'stateType'>,
): boolean => (stateNames.length === 0 && stateTypes.length === 0) || stateNames.includes(stateName) || stateTypes.includes(stateType)

const matchesTags = (wanted: readonly string[], tags: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some(tag => tags.includes(tag))

const isAnyOf = (wanted: readonly string[], id: string | null): boolean => wanted.length === 0 || (id !== null && wanted.includes(id))

export const sentencePartKinds = ['TEXT', 'STATE', 'TAG', 'FLOW', 'DEPLOYMENT', 'CHANNEL'] as const

/** A stretch of the sentence that a policy reads as; what is no plain text can be clicked. */
export interface SentencePart {
  readonly kind: (typeof sentencePartKinds)[number]
  readonly text: string
  /** Of what it names, where that has an id. */
  readonly id: string | null
}

export interface PolicyNames {
  readonly flows: readonly Named[]
  readonly deployments: readonly Named[]
  readonly channels: readonly Named[]
}

interface Named {
  readonly id: string
  readonly name: string
}

/** "If a run of any flow with daily-etl tag enters a failed state, send a notification to my-slack-webhook" */
export function sentenceOf(policy: Pick<Criteria, 'stateNames' | 'stateTypes' | 'tags'>, names: PolicyNames): SentencePart[] {
  const { tags } = policy
  return [
    text('If a run of '),
    ...(names.flows.length === 0
      ? [text('any flow')]
      : [text('the '), ...eitherOf('FLOW', names.flows), text(names.flows.length === 1 ? ' flow' : ' flows')]),
    ...(names.deployments.length === 0 ? [] : [text(' from '), ...eitherOf('DEPLOYMENT', names.deployments)]),
    ...(tags.length === 0 ? [] : [text(' with '), ...eitherOf('TAG', tags.map(nameless)), text(tags.length === 1 ? ' tag' : ' tags')]),
    text(' enters '),
    ...statesOf(policy),
    text(' state, send a notification to '),
    ...list('CHANNEL', names.channels, 'and'),
  ]
}

function statesOf({ stateNames, stateTypes }: Pick<Criteria, 'stateNames' | 'stateTypes'>): SentencePart[] {
  const states = [...new Set([...stateTypes, ...stateNames].map(inWords))]
  if (states.length === 0) return [text('any')]
  const article = withArticle(states[0]!).split(' ')[0]!
  return [text(`${article} `), ...eitherOf('STATE', states.map(nameless))]
}

const text = (words: string): SentencePart => ({ kind: 'TEXT', text: words, id: null })
const nameless = (name: string) => ({ id: null, name })
const eitherOf = (kind: SentencePart['kind'], named: readonly (Named | { id: null; name: string })[]) => list(kind, named, 'or')

/** a · a or b · a, b or c */
const list = (kind: SentencePart['kind'], named: readonly (Named | { id: null; name: string })[], word: 'or' | 'and'): SentencePart[] =>
  named.flatMap(({ id, name }, index) => [
    ...(index === 0 ? [] : [text(index === named.length - 1 ? ` ${word} ` : ', ')]),
    { kind, text: name, id },
  ])
