import type { SentDay } from '../../charts/WeekStrip.svelte'
import type { ShownPolicyFragment } from '../../generated/graphql.ts'
import type { KnownChannel } from './channel-choice.ts'
import { type ChannelNames, channelOf } from './known-channels.ts'
import type { PolicyDraft } from './policy-draft.ts'
import { type Sentence, sentenceText } from './policy-sentence.ts'

/** A policy as the list shows it. */
export interface ShownPolicy {
  id: string
  name: string | null
  isActive: boolean
  mutedUntil: string | null
  created: string
  updated: string
  sentence: Sentence
  /** As it is read aloud. */
  words: string
  channels: readonly KnownChannel[]
  /** When something of it was last delivered. */
  lastSentAt: string | null
  /** What went wrong with its newest delivery. */
  lastError: string | null
  /** The last seven, oldest first. */
  days: readonly SentDay[]
}

export const shownPolicy = (policy: ShownPolicyFragment, names: ChannelNames): ShownPolicy => {
  const { id, name, isActive, mutedUntil, created, updated, sentence, lastSentAt, lastError, lastSevenDays } = policy
  const channels = policy.channelIds.map(id => channelOf(names, id))
  const own = { id, name: name ?? null, isActive, mutedUntil: mutedUntil ?? null, created, updated }
  const record = { lastSentAt: lastSentAt ?? null, lastError: lastError ?? null, days: lastSevenDays }
  return { ...own, ...record, sentence, words: sentenceText(sentence), channels }
}

export const draftOfPolicy = (policy: ShownPolicyFragment, names: ChannelNames): PolicyDraft => ({
  name: policy.name ?? '',
  states: statesOf(policy),
  tags: [...policy.tags],
  flows: policy.flows.map(tokenOf),
  deployments: policy.deployments.map(tokenOf),
  channels: policy.channelIds.map(id => tokenOf(channelOf(names, id))),
  unsaved: [],
  subject: policy.subjectTemplate ?? '',
  message: policy.messageTemplate ?? '',
  groupBy: policy.groupBy,
  repeatSeconds: policy.repeatIntervalSeconds,
  mostPerWindow: policy.maxPerWindow ?? null,
  windowSeconds: policy.windowSeconds,
  waitSeconds: policy.groupWaitSeconds,
  resolvesOnCompletion: policy.resolveOnCompletion,
})

const tokenOf = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

const statesOf = ({ stateTypes, stateNames }: ShownPolicyFragment): string[] => [...stateTypes, ...stateNames]

export const isFailing = ({ isActive, lastError }: ShownPolicy): boolean => isActive && lastError !== null

export const sumOf = (days: readonly SentDay[]): SentDay =>
  days.reduce((sum, { sent, failed }) => ({ sent: sum.sent + sent, failed: sum.failed + failed }), { sent: 0, failed: 0 })
