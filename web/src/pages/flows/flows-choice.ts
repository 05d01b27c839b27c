import type { Query } from '../../links.ts'

export const ranges = { '24h': { hours: 24, words: 'last 24 hours' }, '7d': { hours: 7 * 24, words: 'last 7 days' } } as const
export type RangeName = keyof typeof ranges

/** What the address says of the list. */
export interface FlowsChoice {
  name: string
  tags: readonly string[]
  order: 'name' | 'newest'
  range: RangeName
  /** The cursor that this page begins behind. */
  after: string | undefined
}

export const choiceOf = (search: URLSearchParams): FlowsChoice => ({
  name: search.get('name') ?? '',
  tags: [...new Set(search.getAll('tag'))],
  order: search.get('order') === 'newest' ? 'newest' : 'name',
  range: search.get('range') === '7d' ? '7d' : '24h',
  after: search.get('after') ?? undefined,
})

/** What an address says of a choice; what is as it would be anyway is left out. Another choice begins at its start. */
export const queryOf = (choice: FlowsChoice, change: Partial<FlowsChoice>): Query => {
  const { name, tags, order, range, after } = { ...choice, after: undefined, ...change }
  return {
    name: name === '' ? undefined : name,
    tag: tags,
    order: order === 'name' ? undefined : order,
    range: range === '24h' ? undefined : range,
    after,
  }
}

export const isNarrowed = ({ name, tags }: FlowsChoice): boolean => name !== '' || tags.length > 0
