import type { ArtifactFilter } from '../../generated/graphql.ts'
import type { Query } from '../../links.ts'

/** Kinds that the SDK makes, with their words. */
export const kinds = [
  { value: 'markdown', label: 'Markdown' },
  { value: 'table', label: 'Table' },
  { value: 'image', label: 'Image' },
  { value: 'progress', label: 'Progress' },
  { value: 'result', label: 'Result' },
] as const

/** What the address says of the list. */
export interface ArtifactsChoice {
  key: string
  types: readonly string[]
  /** Every version, and what has no key; else the latest of each key. */
  isWhole: boolean
  after: string | undefined
}

export const choiceOf = (search: URLSearchParams): ArtifactsChoice => ({
  key: search.get('key') ?? '',
  types: [...new Set(search.getAll('kind'))],
  isWhole: search.get('show') === 'all',
  after: search.get('after') ?? undefined,
})

/** What an address says of a choice; what is as it would be anyway is left out. Another choice begins at its start. */
export const queryOf = (choice: ArtifactsChoice, change: Partial<ArtifactsChoice>): Query => {
  const { key, types, isWhole, after } = { ...choice, after: undefined, ...change }
  return { key: key === '' ? undefined : key, kind: types, show: isWhole ? 'all' : undefined, after }
}

export const isNarrowed = ({ key, types }: ArtifactsChoice): boolean => key !== '' || types.length > 0

export const filterOf = ({ key, types, isWhole }: ArtifactsChoice): ArtifactFilter => ({
  ...(key === '' ? {} : { keyContains: key }),
  ...(types.length > 0 ? { types: [...types] } : {}),
  ...(isWhole ? {} : { isLatest: true }),
})

export const kindWord = (type: string | null | undefined): string =>
  kinds.find(({ value }) => value === type)?.label ?? type ?? 'of no kind'
