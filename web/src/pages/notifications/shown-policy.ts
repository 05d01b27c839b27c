import type { ShownPolicyFragment } from '../../generated/graphql.ts'
import { type PolicyTerms, sentenceOf, sentenceText, stateNamed } from './policy-sentence.ts'
import { stormOf } from './storm-terms.ts'

/** A policy as the list shows it. */
export interface ShownPolicy {
  id: string
  name: string | null
  isActive: boolean
  mutedUntil: string | null
  created: string
  updated: string
  terms: PolicyTerms
  /** As it is read aloud. */
  words: string
  channels: readonly { id: string; name: string }[]
}

export const shownPolicy = (policy: ShownPolicyFragment): ShownPolicy => {
  const { id, name, isActive, mutedUntil, created, updated } = policy
  const channels = channelsOf(policy)
  const terms = {
    states: statesOf(policy).map(stateNamed),
    tags: policy.tags,
    flows: policy.flows.map(({ name }) => name),
    deployments: policy.deployments.map(({ name }) => name),
    channels: channels.map(({ name }) => name),
    storm: stormOf(stormDraftOf(policy)),
  }
  const own = { id, name: name ?? null, isActive, mutedUntil: mutedUntil ?? null, created, updated }
  return { ...own, terms, words: sentenceText(sentenceOf(terms)), channels }
}

const statesOf = ({ stateTypes, stateNames }: ShownPolicyFragment): string[] => [...stateTypes, ...stateNames]

const stormDraftOf = ({ groupBy, repeatIntervalSeconds, maxPerWindow, windowSeconds }: ShownPolicyFragment) => ({
  groupBy,
  repeatSeconds: repeatIntervalSeconds,
  mostPerWindow: maxPerWindow ?? null,
  windowSeconds,
})

const channelsOf = ({ channelIds, sentence }: ShownPolicyFragment) =>
  channelIds.map(id => ({ id, name: sentence.find(part => part.kind === 'CHANNEL' && part.id === id)?.text ?? 'a channel' }))
