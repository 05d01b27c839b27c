import type { EventFilter } from '../../generated/graphql.ts'
import type { Query } from '../../links.ts'

const MINUTE = 60_000

/** Of the histogram: how long a span is, and how many there are. */
export const eventRanges = {
  '1h': { words: 'last hour', span: MINUTE, count: 60 },
  '24h': { words: 'last 24 hours', span: 15 * MINUTE, count: 96 },
  '7d': { words: 'last 7 days', span: 120 * MINUTE, count: 84 },
} as const
export type EventRange = keyof typeof eventRanges

export const kinds = [
  { prefix: 'prefect.flow-run.', label: 'Flow runs' },
  { prefix: 'prefect.task-run.', label: 'Task runs' },
  { prefix: 'prefect.flow.', label: 'Flows' },
  { prefix: 'prefect.deployment.', label: 'Deployments' },
  { prefix: 'prefect.variable.', label: 'Variables' },
  { prefix: 'artifact.', label: 'Artifacts' },
] as const

export interface EventsChoice {
  /** How names begin; none means all. */
  prefixes: readonly string[]
  resource: string | undefined
  range: EventRange
  /** A span of the histogram, in milliseconds since the epoch. */
  from: number | undefined
  to: number | undefined
  /** Sought in what is loaded. */
  text: string
}

export const eventsChoiceOf = (search: URLSearchParams): EventsChoice => {
  const [from, to] = [momentOf(search.get('from')), momentOf(search.get('to'))]
  return {
    prefixes: [...new Set(search.getAll('name'))].filter(Boolean),
    resource: search.get('resource') || undefined,
    range: (Object.keys(eventRanges) as EventRange[]).find(name => name === search.get('range')) ?? '24h',
    ...(from !== undefined && to !== undefined && from < to ? { from, to } : { from: undefined, to: undefined }),
    text: search.get('text') ?? '',
  }
}

/** What an address says of a choice; what is as it would be anyway is left out. */
export const queryOf = (choice: EventsChoice, change: Partial<EventsChoice> = {}): Query => {
  const { prefixes, resource, range, from, to, text } = { ...choice, ...change }
  return {
    name: prefixes,
    resource,
    range: range === '24h' ? undefined : range,
    from: from === undefined ? undefined : new Date(from).toISOString(),
    to: to === undefined ? undefined : new Date(to).toISOString(),
    text: text === '' ? undefined : text,
  }
}

/** What the server is asked; the text is sought here. */
export const countedFilter = ({ prefixes, resource }: EventsChoice): EventFilter => ({
  ...(prefixes.length > 0 ? { namePrefixes: [...prefixes] } : {}),
  ...(resource === undefined ? {} : { resourceIds: [resource] }),
})

export const listedFilter = (choice: EventsChoice, rangeStart: number): EventFilter => ({
  ...countedFilter(choice),
  occurredAfter: new Date(choice.from ?? rangeStart).toISOString(),
  ...(choice.to === undefined ? {} : { occurredBefore: new Date(choice.to - 1).toISOString() }),
})

export const isNarrowed = ({ prefixes, resource, from, text }: EventsChoice): boolean =>
  prefixes.length > 0 || resource !== undefined || from !== undefined || text !== ''

const momentOf = (text: string | null): number | undefined => {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? undefined : time
}
