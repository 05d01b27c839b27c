import type { EntityManager } from '@mikro-orm/core'
import type { MikroORM } from '@mikro-orm/postgresql'
import type { Changes, Facts, Reads } from '../core/orchestration/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { type Committed, emptyTail, type Storage, type Tail, type Transaction } from '../kernel/storage.ts'
import { createCommitOrder } from './commit-order.ts'
import { entriesAfter } from './log-tables.ts'
import { headRevision, migrateToHead } from './migrator.ts'
import { appendLockOn, createPostgresBulk } from './postgres-bulk.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { asAppError, guarded, isCollision, isDataError, isUniqueViolation } from './postgres-errors.ts'
import { createFactsLoader } from './postgres-facts.ts'
import { refuseUnfit } from './postgres-fitness.ts'
import { createHeads } from './postgres-heads.ts'
import { inspect } from './postgres-inspect.ts'
import { entityManagerOn, openPostgresOrm } from './postgres-orm.ts'
import { coldSession, createPool, hotSession, migrationSession, type SessionSettings } from './postgres-pool.ts'
import { createReading } from './postgres-reading.ts'
import { inSession, type Session, type Statement } from './postgres-transaction.ts'
import { createWake, WAKE_NAME } from './postgres-wake.ts'
import { createQueryCompiler, type Sql } from './query-sql.ts'
import { createReader } from './reader.ts'
import { describeTables } from './tables.ts'

export interface PostgresOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly url: string
  /** Host and database, fit to be shown. */
  readonly location: string
  /** The setting the URL came from, for refusals. */
  readonly source: string
  readonly commitDelayMilliseconds: number
  /** Only for the test that proves what the append lock is good for. */
  readonly withoutAppendLock?: boolean
}

/** Connections at most: batches; pages and look-ups; cold transactions and commands that wait for a row. One more listens for wake-ups. */
const sizes = { hot: 3, read: 5, cold: 5 } as const

export async function openPostgres(options: PostgresOptions): Promise<Storage<Reads, Facts, Changes>> {
  const { clock, url, log, location, commitDelayMilliseconds } = options
  const pools = openPools(options)
  const orm = await prepare(options, pools)

  const tables = describeTables(orm.getMetadata())
  const compile = createQueryCompiler(tables, postgresDialect)
  const load = createFactsLoader(tables)
  const bulk = createPostgresBulk(tables, options)
  const heads = createHeads(tables)
  const reading = createReading(pools.read)
  const read = createReader(compile, {
    one: async sql => (await reading.one(statementOf(sql))).rows,
    async together(statements) {
      const [, ...answers] = await reading.together([oneMoment, ...statements.map(statementOf)])
      return answers.map(({ rows }) => rows)
    },
  })
  const delay: readonly Statement[] =
    commitDelayMilliseconds > 0 ? [{ text: 'select pg_sleep($1)', values: [commitDelayMilliseconds / 1000] }] : []

  const listeners: ((committed: Committed) => void)[] = []
  const wakeListeners: (() => void)[] = []
  const wake = createWake({ url, clock, log, onWake: () => wakeListeners.forEach(listener => listener()) })
  const order = createCommitOrder(clock, committed => {
    for (const listener of listeners) listener(committed)
    wake.notify(committed)
  })
  /** The sessions of open cold transactions, by the entity manager that runs on them. */
  const sessions = new WeakMap<EntityManager, Session>()

  const readIn = (session: Session) => {
    const fly = async (statements: readonly Sql[]) => (await session.fly(statements.map(statementOf))).map(({ rows }) => rows)
    return createReader(compile, { one: async sql => (await fly([sql]))[0]!, together: fly })
  }

  const commit = (session: Session, writes: readonly Statement[], tail: Tail) =>
    order.around(async takePlace => {
      const appended = bulk.tail(tail, takePlace)
      const answers = await session.commit([...writes, ...appended.statements, ...delay])
      return appended.read(answers.slice(writes.length))
    })

  return {
    kind: 'postgres',
    location,
    isShared: true,
    read,

    async transact(run) {
      const { answer, told } = await again(() =>
        inSession(pools.cold, async session => {
          const tail = emptyTail()
          const em = entityManagerOn(orm, session)
          sessions.set(em, session)
          const insertNew: Transaction['insertNew'] = async (entity, rows) => void (await session.fly(bulk.insertNew(entity, rows)))
          const answer = await run({ em, tail, read: readIn(session), insertNew })
          await em.flush()
          return { answer, ...(await commit(session, [], tail)) }
        }),
      )
      await told
      return answer
    },

    async hot(reads, apply, { wait = false } = {}) {
      const { told } = await again(() =>
        inSession(wait ? pools.cold : pools.hot, async session => {
          const changes = apply(await load(session, reads, wait))
          return commit(session, bulk.write(changes), changes)
        }),
      )
      await told
    },

    async hotInside({ em, tail }, reads, apply) {
      const session = sessions.get(em)!
      const changes = apply(await load(session, reads, true))
      await session.fly(bulk.write(changes))
      tail.rollups.push(...changes.rollups)
      tail.taskRollups.push(...changes.taskRollups)
      tail.audits.push(...changes.audits)
      tail.logs.push(...changes.logs)
      tail.events.push(...changes.events)
    },

    async heads() {
      const { rows } = await reading.one(heads.statement)
      if (!heads.isUncertain(rows[0]!)) return heads.read(rows[0]!)
      const [, certain] = await reading.together([appendLockOn(tables), heads.statement])
      return heads.read(certain!.rows[0]!)
    },

    readLog: async (log, after, limit) => (await read.select(entriesAfter(log, after, limit))) as never,
    onCommit: listener => void listeners.push(listener),
    onWake: listener => void wakeListeners.push(listener),
    isDataError,
    entityManager(workspaceId) {
      const em = entityManagerOn(orm, reading)
      em.setFilterParams('workspace', { id: workspaceId })
      return em
    },
    async describe() {
      const { rows } = await reading.one({ text: describing, values: [WAKE_NAME] })
      return { sizeBytes: Number(rows[0]!['size']), revision: headRevision, serverCount: Math.max(1, Number(rows[0]!['servers'])) }
    },
    ping: async () => void (await reading.one({ text: 'select 1' })),
    inspect: () => guarded(() => inspect(pools.cold)),
    async close() {
      await wake.close()
      await orm.close()
      await pools.close()
    },
  }
}

const statementOf = ({ text, parameters }: Sql): Statement => ({ text, values: parameters })

/** What a transaction reads stays as it was at its first statement. */
const oneMoment: Statement = { text: 'set transaction isolation level repeatable read, read only' }
const describing = `select pg_database_size(current_database()) as size,
  (select count(*) from pg_stat_activity where datname = current_database() and application_name = $1) as servers`

type Pools = ReturnType<typeof openPools>

function openPools({ url, clock, log }: PostgresOptions) {
  const open = (size: number, session: SessionSettings) => createPool({ url, clock, log, size, session })
  const hot = open(sizes.hot, hotSession)
  const read = open(sizes.read, coldSession)
  const cold = open(sizes.cold, coldSession)
  const migration = open(2, migrationSession)
  return {
    hot: hot.pool,
    read: read.pool,
    cold: cold.pool,
    migration: migration.pool,
    closeMigration: migration.close,
    close: async () => void (await Promise.all([hot, read, cold, migration].map(one => one.close()))),
  }
}

/** A database that is old enough to be wise and not somebody else's, at the newest revision. */
async function prepare({ url, location, source }: PostgresOptions, pools: Pools): Promise<MikroORM> {
  try {
    await guarded(() => refuseUnfit(pools.migration, location, source))
    const orm = await openPostgresOrm(pools.migration, decodeURIComponent(new URL(url).pathname.slice(1)))
    await guarded(() => migrateToHead(orm, { location, source }))
    await pools.closeMigration()
    return orm
  } catch (error) {
    await pools.close()
    throw error
  }
}

const ATTEMPTS = 3

/**
 * Once more, with fresh facts, when another server was faster (it made the flow of that name, or the run of that key, between our look and our write)
 * or Postgres has undone this transaction in favour of another.
 */
async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt === ATTEMPTS || !(isCollision(error) || isUniqueViolation(error))) throw asAppError(error)
    }
  }
}
