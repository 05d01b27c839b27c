import { mapValues } from '../kernel/records.ts'
import type { Reader } from '../kernel/storage.ts'
import type { Answer, Statement } from './postgres-transaction.ts'
import type { QueryCompiler } from './query-sql.ts'

interface Executor {
  one(statement: Statement): Promise<Pick<Answer, 'rows'>>
  /** All of them see the same moment. */
  together(statements: readonly Statement[]): Promise<readonly Pick<Answer, 'rows'>[]>
}

/** Queries on whatever runs a statement: the pool, or the connection of a transaction. */
export function postgresReader(compile: QueryCompiler, execute: Executor): Reader {
  return {
    async select(query) {
      const { text, parameters, decode } = compile.select(query)
      return (await execute.one({ text, values: parameters })).rows.map(decode)
    },
    async count(query) {
      const { text, parameters } = compile.count(query)
      return Number((await execute.one({ text, values: parameters })).rows[0]!['count'])
    },
    async countBy(query) {
      const { text, parameters, decode } = compile.countBy(query)
      return decode((await execute.one({ text, values: parameters })).rows)
    },
    async sumBy(query) {
      const { text, parameters, decode } = compile.sumBy(query)
      return decode((await execute.one({ text, values: parameters })).rows)
    },
    async together(asked) {
      const lists = mapValues(asked.select, compile.select)
      const sums = mapValues(asked.sumBy, compile.sumBy)
      const all = [...Object.values<Compiled>(lists), ...Object.values<Compiled>(sums)]
      const answers = await execute.together(all.map(({ text, parameters }) => ({ text, values: parameters })))
      const rowsOf = (compiled: Compiled) => answers[all.indexOf(compiled)]!.rows
      return {
        lists: mapValues(lists, list => rowsOf(list).map(list.decode)),
        sums: mapValues(sums, sum => sum.decode(rowsOf(sum))),
      }
    },
  }
}

type Compiled = Pick<ReturnType<QueryCompiler['count']>, 'text' | 'parameters'>
