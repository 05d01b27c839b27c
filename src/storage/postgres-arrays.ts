import { postgresDialect } from './postgres-dialect.ts'
import type { Column } from './tables.ts'

/**
 * The values of a column, written as Postgres reads an array: the driver would quote and search each for what must be escaped, though it only occurs
 * in texts.
 */
export function arrayOfValues(column: Column, rows: readonly object[]): string {
  const element = elements[column.kind]
  let array = '{'
  for (const row of rows) {
    const value = postgresDialect.encode(column, (row as Record<string, unknown>)[column.property])
    array += array === '{' ? '' : ','
    array += value === null || value === undefined ? 'NULL' : element(value as string)
  }
  return `${array}}`
}

const asItIs = (value: unknown): string => String(value)
const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`

/** JSON has no characters but quotes and backslashes that JSON would escape in it, and escapes those as an array does. */
const elements = {
  text: quoted,
  json: (value: string): string => JSON.stringify(value),
  uuid: asItIs,
  number: asItIs,
  boolean: asItIs,
  instant: asItIs,
} as const satisfies Record<Column['kind'], (value: string) => string>
