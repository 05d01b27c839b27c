import type pg from 'pg'
import { guarded } from './postgres-errors.ts'
import { type Answer, despiteLostConnections, inSession, type Statement } from './postgres-transaction.ts'

/** What changes nothing, and may be asked again. */
export function createReading(pool: pg.Pool) {
  const reading = <T>(ask: () => Promise<T>) => guarded(() => despiteLostConnections(pool, ask))
  // A copy: the pool writes its callback into what it is given.
  const one = (statement: Statement): Promise<Answer> => reading(() => pool.query({ ...statement } as pg.QueryConfig))
  return {
    one,
    /** In one transaction. */
    together: (statements: readonly Statement[]) => reading(() => inSession(pool, session => session.commit(statements))),
    fly: (statements: readonly Statement[]) => Promise.all(statements.map(one)),
  }
}
