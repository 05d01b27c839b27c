import { z } from 'zod'
import type { Instant } from '../../../kernel/clock.ts'
import {
  atLeast,
  atMost,
  type Condition,
  containing,
  type LabelPattern,
  type LabelTest,
  noneOf,
  oneOf,
  startingWith,
} from '../../../kernel/filters.ts'
import { instantText } from '../../../kernel/inputs.ts'
import { ids, part, texts } from './parts.ts'
import { parseTextQuery, type TextQuery } from './text-query.ts'

const ID = 'prefect.resource.id'
const ROLE = 'prefect.resource.role'

/** Of the peer's patterns: `!` before one that must not fit, `*` behind one that is a beginning. */
const patternOf = (text: string): LabelPattern => {
  const isNegated = text.startsWith('!')
  const rest = isNegated ? text.slice(1) : text
  const isPrefix = rest.endsWith('*')
  return { text: isPrefix ? rest.slice(0, -1) : rest, isPrefix, isNegated }
}

const exactly = (label: string, values: readonly string[] | null | undefined): LabelTest[] =>
  values?.length ? [{ label, patterns: values.map(text => ({ text, isPrefix: false, isNegated: false })) }] : []
const beginning = (label: string, values: readonly string[] | null | undefined): LabelTest[] =>
  values?.length ? [{ label, patterns: values.map(text => ({ text, isPrefix: true, isNegated: false })) }] : []

const labels = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .nullish()
  .transform(given =>
    Object.entries(given ?? {}).map(([label, values]): LabelTest => ({ label, patterns: [values].flat().map(patternOf) })),
  )

const labelled = (properties: readonly string[], tests: readonly LabelTest[]): Condition[] =>
  tests.length > 0 ? [{ is: 'labelled', properties, tests }] : []

/** An empty list asks nothing, as at the peer. */
const some = <Value>(values: readonly Value[] | null | undefined) => (values?.length ? values : null)

const namePart = part({ prefix: texts, exclude_prefix: texts, name: texts, exclude_name: texts }, given => [
  startingWith('event', some(given.prefix)),
  given.exclude_prefix?.length ? [{ is: 'neither', of: [startingWith('event', given.exclude_prefix)] }] : [],
  oneOf('event', some(given.name)),
  noneOf('event', some(given.exclude_name)),
])

const resourcePart = part({ id: texts, id_prefix: texts, labels, distinct: z.boolean().nullish() }, given => [
  oneOf('resourceId', some(given.id)),
  startingWith('resourceId', some(given.id_prefix)),
  labelled(['resource'], given.labels),
])

const rolePairs = z.array(z.tuple([z.string(), z.string()])).nullish()

const relatedPart = part({ id: texts, role: texts, resources_in_roles: rolePairs, labels }, given => {
  const tests = [...exactly(ID, given.id), ...exactly(ROLE, given.role), ...given.labels]
  const pairs = (given.resources_in_roles ?? []).map(([id, role]) =>
    labelled(['related'], [...exactly(ID, [id]), ...exactly(ROLE, [role]), ...tests]),
  )
  return [pairs.length > 0 ? [{ is: 'anyOf', of: pairs }] : labelled(['related'], tests)]
})

const anyResourcePart = part({ id: texts, id_prefix: texts, labels }, given => [
  labelled(['resource', 'related'], [...exactly(ID, given.id), ...beginning(ID, given.id_prefix), ...given.labels]),
])

const oneOrSeveral = (schema: z.ZodType<readonly Condition[]>) =>
  z
    .union([schema, z.array(schema).transform(parts => parts.flat())])
    .nullish()
    .transform(conditions => conditions ?? [])

const searched = (term: string): Condition => ({
  is: 'anyOf',
  of: ['event', 'resource', 'related', 'payload'].map(property => containing(property, term)),
})

const searching = ({ include, exclude, require }: TextQuery): Condition[] => [
  ...(include.length > 0 ? [{ is: 'anyOf', of: include.map(term => [searched(term)]) } as const] : []),
  ...(exclude.length > 0 ? [{ is: 'neither', of: exclude.map(term => [searched(term)]) } as const] : []),
  ...require.map(searched),
]

const time = instantText.nullish()

export interface EventsAsked {
  readonly since: Instant | undefined
  readonly until: Instant | undefined
  readonly isAscending: boolean
  /** All but the times. */
  readonly conditions: readonly Condition[]
}

/** The peer's filter on events. Its times stand alone: some who ask have bounds of their own for them. */
export const eventFilter = z
  .strictObject({
    occurred: z.strictObject({ since: time, until: time }).nullish(),
    event: namePart.nullish(),
    resource: resourcePart.nullish(),
    related: oneOrSeveral(relatedPart),
    any_resource: oneOrSeveral(anyResourcePart),
    id: part({ id: ids }, ({ id }) => [oneOf('id', some(id))]).nullish(),
    text: z.strictObject({ query: z.string().max(200) }).nullish(),
    order: z.enum(['ASC', 'DESC']).nullish(),
  })
  .transform(
    ({ occurred, event, resource, related, any_resource, id, text, order }): EventsAsked => ({
      since: occurred?.since ?? undefined,
      until: occurred?.until ?? undefined,
      isAscending: order === 'ASC',
      conditions: [
        ...(event ?? []),
        ...(resource ?? []),
        ...related,
        ...any_resource,
        ...(id ?? []),
        ...(text ? searching(parseTextQuery(text.query)) : []),
      ],
    }),
  )

export const between = ({ since, until }: Pick<EventsAsked, 'since' | 'until'>): Condition[] => [
  ...atLeast('occurred', since),
  ...atMost('occurred', until),
]
