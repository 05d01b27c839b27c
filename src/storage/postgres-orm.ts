import type { EntityManager } from '@mikro-orm/core'
import { MikroORM } from '@mikro-orm/postgresql'
import { type CompiledQuery, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { entities } from '../core/entities.ts'
import { isAppError } from '../kernel/errors.ts'
import { asAppError, unstorable } from './postgres-errors.ts'
import type { Session } from './postgres-transaction.ts'

/** The ORM: it migrates on this pool. Its entity managers work on sessions. */
export async function openPostgresOrm(pool: pg.Pool, databaseName: string): Promise<MikroORM> {
  const orm = await MikroORM.init({
    dbName: databaseName,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    onQuery: refuseUnstorable,
    driverOptions: new PostgresDialect({ pool: { connect: () => pool.connect(), end: async () => undefined } as never }),
  })
  translateErrors(orm)
  return orm
}

/** The ORM wraps whatever a driver throws in exceptions of its own; what is ours stays ours. */
function translateErrors(orm: MikroORM): void {
  const converter = orm.em.getPlatform().getExceptionConverter()
  const convert = converter.convertException.bind(converter)
  converter.convertException = error => {
    const translated = asAppError(error)
    return isAppError(translated) ? (translated as never) : convert(error)
  }
}

/** The ORM writes values into the text of a statement, which U+0000 would cut off. */
function refuseUnstorable(sql: string, params: readonly unknown[]): string {
  if (params.some(value => typeof value === 'string' && value.includes('\0'))) throw unstorable()
  return sql
}

/** An entity manager whose every statement runs on this session; whoever opened the session commits it. */
export function entityManagerOn(orm: MikroORM, session: Pick<Session, 'fly'>): EntityManager {
  const em = orm.em.fork()
  const onSession = {
    async executeQuery({ sql, parameters }: CompiledQuery) {
      const [answer] = await session.fly([{ text: sql, values: parameters }])
      return { rows: answer!.rows, numAffectedRows: BigInt(answer!.rowCount ?? 0) }
    },
  }
  em.setTransactionContext(onSession)
  return em
}
