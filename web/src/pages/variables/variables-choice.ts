import type { Query } from '../../links.ts'

/** What the address says of the list. */
export interface VariablesChoice {
  name: string
  tags: readonly string[]
}

export const choiceOf = (search: URLSearchParams): VariablesChoice => ({
  name: search.get('name') ?? '',
  tags: [...new Set(search.getAll('tag'))],
})

export const queryOf = ({ name, tags }: VariablesChoice): Query => ({ name: name === '' ? undefined : name, tag: tags })
