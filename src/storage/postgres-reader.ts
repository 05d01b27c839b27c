import type { Reader } from '../kernel/storage.ts'
import type { Answer, Statement } from './postgres-transaction.ts'
import type { QueryCompiler } from './query-sql.ts'

/** Queries on whatever runs a statement: the pool, or the connection of a transaction. */
export function postgresReader(compile: QueryCompiler, execute: (statement: Statement) => Promise<Pick<Answer, 'rows'>>): Reader {
  return {
    async select(query) {
      const { text, parameters, decode } = compile.select(query)
      return (await execute({ text, values: parameters })).rows.map(decode)
    },
    async count(query) {
      const { text, parameters } = compile.count(query)
      return Number((await execute({ text, values: parameters })).rows[0]!['count'])
    },
    async countBy(query) {
      const { text, parameters, decode } = compile.countBy(query)
      return decode((await execute({ text, values: parameters })).rows)
    },
    async sumBy(query) {
      const { text, parameters, decode } = compile.sumBy(query)
      return decode((await execute({ text, values: parameters })).rows)
    },
  }
}
