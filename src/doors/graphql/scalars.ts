import { GraphQLError, Kind } from 'graphql'
import { type Instant, parseInstant, seconds, toIso, toSeconds } from '../../kernel/clock.ts'
import { isUuid } from '../../kernel/ids.ts'
import { builder } from './builder.ts'

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'INVALID' } })
}

builder.scalarType('DateTime', {
  description: 'A moment as ISO-8601 in UTC with microseconds: `2026-11-25T13:00:00.123456Z`. Read with any offset; without one it is UTC.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  serialize: value => toIso(value as Instant),
  parseValue: value =>
    (typeof value === 'string' ? parseInstant(value) : undefined) ?? refuse(`${JSON.stringify(value)} is not an ISO-8601 time.`),
})

builder.scalarType('Duration', {
  description: 'A length of time in seconds.',
  serialize: value => toSeconds(value as number),
  parseValue: value => (typeof value === 'number' ? seconds(value) : refuse(`${JSON.stringify(value)} is not a number of seconds.`)),
})

builder.scalarType('JSON', { description: 'Any JSON value, as it was given.', serialize: value => value, parseValue: value => value })

builder.scalarType('UUID', {
  description: 'A UUID in lower case with dashes.',
  serialize: value => value as string,
  parseValue: value => (isUuid(value) ? value.toLowerCase() : refuse(`${JSON.stringify(value)} is not a UUID.`)),
  parseLiteral: node => (node.kind === Kind.STRING && isUuid(node.value) ? node.value.toLowerCase() : refuse('A UUID is expected.')),
})

builder.scalarType('Cursor', {
  description: 'A place in a list or a log. Opaque: keep it and hand it back.',
  serialize: value => value as string,
  parseValue: value => (typeof value === 'string' ? value : refuse(`${JSON.stringify(value)} is not a cursor.`)),
})
