import type { Scalar } from '../kernel/filters.ts'
import type { Span } from '../kernel/storage.ts'
import type { Column, Index, Table } from './tables.ts'

/** Where the two databases differ in a query. `bind` adds a parameter and answers its placeholder. */
export interface Dialect {
  placeholder(position: number): string
  /** A table, to be read by that index if it insists on being used. */
  from(table: Table, index: Index | undefined): string
  /** A column that no index is to be sought by. */
  unindexed(column: Column): string
  oneOf(column: Column, values: readonly Scalar[], bind: Bind): string
  containing(column: Column, text: string, bind: Bind): string
  startingWith(column: Column, prefix: string, bind: Bind): string
  having(column: Column, value: string, bind: Bind): string
  /** The label sets of a column, a row each under the name `labels`, whether it holds one set or a list of them. */
  labelSets(column: Column): string
  /** A text under a key of a JSON value. */
  textUnder(value: string, key: string, bind: Bind): string
  /** A table of spans, half open, with the columns `place`, counted from 0, `from` and `to`. */
  spans(column: Column, spans: readonly Span[], bind: Bind): string
  /** A table of values of some columns, which are named by their places; undefined where grouping is as fast as seeking each. */
  cells: ((columns: readonly Column[], cells: readonly (readonly unknown[])[], bind: Bind) => string) | undefined
  encode(column: Column, value: unknown): unknown
  decode(column: Column, value: unknown): unknown
}

export type Bind = (value: unknown) => string

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, character => `\\${character}`)
