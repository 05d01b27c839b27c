import { type Dialect, escapeLike } from './dialect.ts'

/** Lists travel as one JSON parameter, so that the text of a statement does not depend on their length; but one value is compared, which keeps the order of an index. */
export const sqliteDialect: Dialect = {
  placeholder: () => '?',
  from: (table, index) => (index?.name ? `${table.name} indexed by "${index.name}"` : table.name),
  unindexed: column => `+${column.name}`,
  oneOf: (column, values, bind) =>
    values.length === 1
      ? `${column.name} = ${bind(sqliteDialect.encode(column, values[0]))}`
      : `${column.name} in (select value from json_each(${bind(JSON.stringify(values))}))`,
  containing: (column, text, bind) => `${column.name} like ${bind(`%${escapeLike(text)}%`)} escape '\\'`,
  startingWith: (column, prefix, bind) => `(${column.name} >= ${bind(prefix)} and ${column.name} < ${bind(`${prefix}\u{10ffff}`)})`,
  // The text is looked at first: most rows of a long search need not be parsed.
  having: (column, value, bind) =>
    `(instr(${column.name}, ${bind(JSON.stringify(value))}) and exists (select 1 from json_each(${column.name}) where value = ${bind(value)}))`,
  labelSets: ({ name }) =>
    `(select value as "labels" from json_each(case json_type(${name}) when 'array' then ${name} else json_array(json(${name})) end))`,
  textUnder: (value, key, bind) => `${value} ->> ${bind(`$.${JSON.stringify(key)}`)}`,
  spans: (column, spans, bind) => {
    const encoded = spans.map(span => span.map(value => sqliteDialect.encode(column, value)))
    return `(select "key" as "place", "value" ->> 0 as "from", "value" ->> 1 as "to" from json_each(${bind(JSON.stringify(encoded))})) as "span"`
  },
  cells: (columns, cells, bind) => {
    const rows = cells.map(cell => `(${cell.map((value, place) => bind(sqliteDialect.encode(columns[place]!, value))).join(', ')})`)
    const named = columns.map((_column, place) => `"column${place + 1}" as "${place}"`).join(', ')
    return `(select ${named} from (values ${rows.join(', ')})) as "cell"`
  },
  encode(column, value) {
    if (value === null || value === undefined) return null
    if (column.kind === 'json') return JSON.stringify(value)
    if (column.kind === 'boolean') return value ? 1 : 0
    return value
  },
  decode(column, value) {
    if (value === null || value === undefined) return null
    if (column.kind === 'json') return JSON.parse(value as string)
    if (column.kind === 'boolean') return value === 1
    return value
  },
}
