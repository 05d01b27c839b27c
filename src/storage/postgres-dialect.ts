import { parseInstant, toIso } from '../kernel/clock.ts'
import { type Dialect, escapeLike } from './dialect.ts'
import type { Column } from './tables.ts'

/** Lists travel as one array parameter, so that the text of a statement does not depend on their length. */
export const postgresDialect: Dialect = {
  placeholder: position => `$${position}`,
  // It counts what is in its tables, and needs no help.
  from: table => table.name,
  unindexed: column => column.name,
  // An index is in order behind one value, but not behind an array of one.
  oneOf: (column, values, bind) =>
    values.length === 1
      ? `${column.name} = ${bind(encode(column, values[0]))}`
      : `${column.name} = any(${bind(values.map(value => encode(column, value)))}::${arrayOf(column)})`,
  containing: (column, text, bind) =>
    `lower(${column.name} collate "C") like lower(${bind(`%${escapeLike(text)}%`)} collate "C") escape '\\'`,
  startingWith: (column, prefix, bind) =>
    column.kind === 'uuid'
      ? `(${column.name} >= ${bind(uuidOf(prefix, '0'))} and ${column.name} <= ${bind(uuidOf(prefix, 'f'))})`
      : `starts_with(${column.name}, ${bind(prefix)})`,
  having: (column, value, bind) => `${column.name} ? ${bind(value)}`,
  labelSets: ({ name }) =>
    `jsonb_array_elements(case jsonb_typeof(${name}) when 'array' then ${name} else jsonb_build_array(${name}) end) as "sets" ("labels")`,
  textUnder: (value, key, bind) => `${value} ->> ${bind(key)}::text`,
  spans: (column, spans, bind) => {
    const side = (index: 0 | 1) => `${bind(spans.map(span => encode(column, span[index])))}::${arrayOf(column)}`
    return `(select "from", "to", "nth" - 1 as "place" from unnest(${side(0)}, ${side(1)}) with ordinality as "spans" ("from", "to", "nth")) as "span"`
  },
  cells: undefined,
  encode,
  decode,
}

const uuidOf = (prefix: string, filling: string): string => prefix.replaceAll('-', '').padEnd(32, filling)

export const arrayOf = (column: Column): string => `${column.type.replace('serial', 'int')}[]`

function encode(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (column.kind === 'json') return JSON.stringify(value)
  if (column.kind === 'instant') return toIso(value as number)
  return value
}

/** The one reader of what any connection answers: pools and the ORM may have parsed a value already, or left it as text. */
function decode(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (column.kind === 'instant') return typeof value === 'string' ? parseInstant(value) : value
  if (column.kind === 'number') return Number(value)
  return value
}
