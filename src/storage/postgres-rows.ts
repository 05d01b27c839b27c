import { postgresDialect } from './postgres-dialect.ts'
import type { Statement } from './postgres-transaction.ts'
import type { Table } from './tables.ts'

export type Row = Readonly<Record<string, unknown>>

/** Null where nothing is asked. Without a name it is planned anew each time. */
export const query = (name: string | null, text: string, count: number, values: readonly unknown[]): Statement | null => {
  if (count === 0) return null
  return name === null ? { text, values } : { name, text, values }
}

/** Columns under names that tell the tables of a join apart: `r_id`, `s_id`. The alias of a table is its prefix. */
export const prefixed = (table: Table, prefix: string): string =>
  table.columns.map(({ name }) => `${prefix.slice(0, -1)}.${name} as "${prefix}${name.slice(1, -1)}"`).join(', ')

export function reader<Record_>(table: Table, prefix: string): (row: Row) => Record_ {
  const columns = table.columns.map(column => ({ column, key: prefix + column.name.slice(1, -1) }))
  return row => {
    const record: Record<string, unknown> = {}
    for (const { column, key } of columns) record[column.property] = postgresDialect.decode(column, row[key])
    return record as Record_
  }
}
