import type { Query } from '../../links.ts'

/** What the address says of the list and of the catalogue. */
export interface BlocksChoice {
  name: string
  type: string | undefined
  capability: string | undefined
}

export const choiceOf = (search: URLSearchParams): BlocksChoice => ({
  name: search.get('name') ?? '',
  type: search.get('type') ?? undefined,
  capability: search.get('capability') ?? undefined,
})

export const queryOf = ({ name, type, capability }: BlocksChoice): Query => ({ name: name === '' ? undefined : name, type, capability })

export const isNarrowed = ({ name, type, capability }: BlocksChoice): boolean =>
  name !== '' || type !== undefined || capability !== undefined
