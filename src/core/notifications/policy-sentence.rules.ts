import { isStateType, type StateType, typeOfName } from '../states/index.ts'
import { inWords, withArticle } from './message-template.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'

export const sentencePartKinds = ['TEXT', 'STATE', 'TAG', 'FLOW', 'DEPLOYMENT', 'CHANNEL'] as const

/** A stretch of the sentence that a policy reads as; what is no plain text can be clicked. */
export interface SentencePart {
  readonly kind: (typeof sentencePartKinds)[number]
  readonly text: string
  /** Of what it names, where that has an id. */
  readonly id: string | null
  /** Of a state: its kind, where the kind is known; and its name, where it is not the whole kind that is meant. */
  readonly stateType: StateType | null
  readonly stateName: string | null
}

export interface PolicyNames {
  readonly flows: readonly Named[]
  readonly deployments: readonly Named[]
  readonly channels: readonly Named[]
}

interface Named {
  /** Null where it is not saved yet. */
  readonly id: string | null
  /** Null where it has been deleted. */
  readonly name: string | null
  /** With what it belongs to, as `etl/nightly`: where its name alone does not tell it from another. */
  readonly whole?: string
}

type Told = Pick<
  NotificationPolicyRecord,
  'stateNames' | 'stateTypes' | 'tags' | 'groupBy' | 'repeatIntervalSeconds' | 'maxPerWindow' | 'windowSeconds'
>

/** "If a run of any flow with daily-etl tag enters a failed state, send a notification to my-slack-webhook" */
export function sentenceOf(policy: Told, names: PolicyNames): SentencePart[] {
  const { flows, deployments, channels } = names
  return [
    text('If a run of '),
    ...(flows.length === 0 ? [text('any flow')] : anyOf(flows, 'FLOW')),
    ...(deployments.length === 0 ? [] : [text(' from '), ...anyOf(deployments, 'DEPLOYMENT')]),
    ...(policy.tags.length === 0 ? [] : [text(' with '), ...either(policy.tags.map(tag => part('TAG', tag))), text(' tag')]),
    text(' enters '),
    ...statesOf(policy),
    text(' state, send a notification to '),
    ...(channels.length === 0 ? [text('nobody yet')] : listed(named(channels, 'CHANNEL', 'a deleted channel'), 'and')),
    text(stormClause(policy)),
  ].filter(({ text }) => text !== '')
}

/** "the etl or ml flow"; where one has been deleted, "etl or a deleted flow". */
function anyOf(all: readonly Named[], kind: 'FLOW' | 'DEPLOYMENT'): SentencePart[] {
  const noun = kind.toLowerCase()
  const parts = either(named(all, kind, `a deleted ${noun}`))
  return all.some(({ name }) => name === null) ? parts : [text('the '), ...parts, text(` ${noun}`)]
}

function statesOf({ stateNames, stateTypes }: Pick<Told, 'stateNames' | 'stateTypes'>): SentencePart[] {
  const states = [...stateTypes, ...stateNames].map(statePart)
  const [first] = states
  if (first === undefined) return [text('any')]
  return [text(withArticle(first.text).slice(0, -first.text.length)), ...either(states)]
}

/** Ours in words; a name that somebody made up as it was written. */
function statePart(word: string): SentencePart {
  if (isStateType(word)) return { ...part('STATE', inWords(word)), stateType: word }
  const stateType = typeOfName(word)
  return { ...part('STATE', stateType === null ? word : inWords(word)), stateType, stateName: word }
}

/** How a storm of matches is held together. Without groups nothing is gathered: then only the most in a window counts. */
function stormClause({
  groupBy,
  repeatIntervalSeconds,
  maxPerWindow,
  windowSeconds,
}: Omit<Told, 'stateNames' | 'stateTypes' | 'tags'>): string {
  const each = `one for each ${groupBy.toLowerCase()}`
  const grouped = repeatIntervalSeconds > 0 ? `at most ${each} in ${spanWords(repeatIntervalSeconds)}` : each
  const clauses = [
    ...(groupBy === 'NONE' ? [] : [grouped]),
    ...(maxPerWindow === null ? [] : [`no more than ${maxPerWindow} in ${spanWords(windowSeconds)} and the rest in a digest`]),
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
function spanWords(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['second', 1]
  const count = seconds / size
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const part = (kind: SentencePart['kind'], words: string, id: string | null = null): SentencePart => ({
  kind,
  text: words,
  id,
  stateType: null,
  stateName: null,
})
const text = (words: string) => part('TEXT', words)
const named = (all: readonly Named[], kind: SentencePart['kind'], deleted: string) =>
  all.map(({ id, name, whole }) => {
    const isAlone = all.filter(other => other.name === name).length === 1
    return part(kind, (isAlone ? name : (whole ?? name)) ?? deleted, id)
  })

const either = (parts: readonly SentencePart[]) => listed(parts, 'or')

/** a · a or b · a, b or c, each word once */
function listed(all: readonly SentencePart[], word: 'or' | 'and'): SentencePart[] {
  const parts = all.filter((one, index) => all.findIndex(({ text }) => text === one.text) === index)
  return parts.flatMap((one, index) => [...(index === 0 ? [] : [text(index === parts.length - 1 ? ` ${word} ` : ', ')]), one])
}
