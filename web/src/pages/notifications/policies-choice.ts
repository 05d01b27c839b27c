import type { Query } from '../../links.ts'
import { isFailing, type ShownPolicy } from './shown-policy.ts'

export const standings = ['all', 'active', 'paused', 'failing'] as const
export type Standing = (typeof standings)[number]

/** What the address says of the list. */
export interface PoliciesChoice {
  standing: Standing
  text: string
}

export const choiceOf = (search: URLSearchParams): PoliciesChoice => ({
  standing: standings.find(standing => standing === search.get('show')) ?? 'all',
  text: search.get('text') ?? '',
})

export const queryOf = ({ standing, text }: PoliciesChoice): Query => ({
  show: standing === 'all' ? undefined : standing,
  text: text === '' ? undefined : text,
})

export const isOf = (standing: Standing, policy: ShownPolicy): boolean =>
  ({ all: true, active: policy.isActive, paused: !policy.isActive, failing: isFailing(policy) })[standing]

export const hasWords = ({ words, name }: ShownPolicy, text: string): boolean =>
  `${words} ${name ?? ''}`.toLowerCase().includes(text.toLowerCase())
