import { mapValues } from '../kernel/records.ts'
import type { Query, Reader, StoredRecord, SumQuery } from '../kernel/storage.ts'
import type { QueryCompiler, Sql } from './query-sql.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]

export interface Executor {
  one(sql: Sql): Promise<Rows>
  /** All of them see the same moment. */
  together(statements: readonly Sql[]): Promise<readonly Rows[]>
}

/** Queries on whatever runs a statement. */
export function createReader(compile: QueryCompiler, { one, together }: Executor): Reader {
  return {
    async select(query) {
      const { decode, ...sql } = compile.select(query)
      return (await one(sql)).map(decode)
    },
    count: async query => Number((await one(compile.count(query)))[0]!['count']),
    async countBy(query) {
      const { decode, ...sql } = compile.countBy(query)
      return decode(await one(sql))
    },
    async sumBy(query) {
      const { decode, ...sql } = compile.sumBy(query)
      return decode(await one(sql))
    },
    async countInSpans(query) {
      const { decode, ...sql } = compile.countInSpans(query)
      return decode(await one(sql))
    },
    async together(asked) {
      const lists = mapValues(asked.select, (query: Query) => compile.select(query))
      const sums = mapValues(asked.sumBy, (query: SumQuery) => compile.sumBy(query))
      const all: Sql[] = [...Object.values<Sql>(lists), ...Object.values<Sql>(sums)]
      const answers = await together(all.map(({ text, parameters }) => ({ text, parameters })))
      const rowsOf = (compiled: Sql) => answers[all.indexOf(compiled)]!
      return {
        lists: mapValues(lists, (list): readonly StoredRecord[] => rowsOf(list).map(list.decode)),
        sums: mapValues(sums, sum => sum.decode(rowsOf(sum))),
      }
    },
  }
}
