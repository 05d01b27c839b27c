import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { MikroORM } from '@mikro-orm/sqlite'
import Database from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, type Kysely } from 'kysely'
import { entities } from '../core/entities.ts'
import { History } from '../core/history/index.ts'
import type { Changes, Facts, Reads } from '../core/orchestration/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { AppError, isAppError, unavailable } from '../kernel/errors.ts'
import { type Committed, emptyTail, type LogName, type Storage, type Transaction } from '../kernel/storage.ts'
import { entriesAfter, logEntity } from './log-tables.ts'
import { headRevision, migrateToHead } from './migrator.ts'
import { createQueryCompiler } from './query-sql.ts'
import { takeSideLock } from './side-lock.ts'
import { createSqliteBulk } from './sqlite-bulk.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { readerWithScans, sqliteReader } from './sqlite-reader.ts'
import { createScans } from './sqlite-scans.ts'
import { describeTables } from './tables.ts'

export interface SqliteOptions {
  readonly clock: Clock
  /** The file, or null for a database in memory. */
  readonly path: string | null
  /** The program of the thread that scans. */
  readonly scanner: URL
  /** The setting the path came from, for refusals. */
  readonly source: string
  readonly synchronous: 'FULL' | 'NORMAL'
  readonly commitDelayMilliseconds: number
}

export async function openSqlite(options: SqliteOptions): Promise<Storage<Reads, Facts, Changes>> {
  const { clock, path, scanner, source, commitDelayMilliseconds } = options
  const { orm, close } = await openSqliteSchema(options)
  const database = await orm.em.getConnection().getNativeClient()
  await migrateToHead(orm, { location: path ?? 'memory', source })

  const tables = describeTables(orm.getMetadata())
  const compile = createQueryCompiler(tables, sqliteDialect)
  const bulk = createSqliteBulk(database, tables)
  const kysely = orm.em.getConnection().getClient() as Kysely<unknown>
  const readOnly = path === null ? null : openReadOnly(path)
  const listeners: ((committed: Committed) => void)[] = []

  /** Kysely hands its one connection to one holder at a time: whoever runs in here has the handle alone. */
  const alone = <T>(run: () => T | Promise<T>): Promise<T> => kysely.connection().execute(async () => run())
  const onReads = <T>(run: (handle: Database.Database) => T): Promise<T> =>
    readOnly ? guarded(() => run(readOnly)) : alone(() => run(database))
  const publish = (committed: Committed) => {
    if (committed.events.length + committed.logs.length === 0) return
    for (const listener of listeners) listener(committed)
  }

  const near = sqliteReader(compile, onReads)
  const scans = path === null ? null : createScans(scanner, path)
  const read = scans ? readerWithScans(compile, near, { ...scans, read: statements => guarded(() => scans.read(statements)) }) : near
  const readInside = sqliteReader(compile, async run => run(database))

  return {
    kind: path === null ? 'sqlite-memory' : 'sqlite-file',
    location: path ?? ':memory:',
    isShared: false,
    read,

    async transact(run) {
      const tail = emptyTail()
      let committed: Committed = { events: [], logs: [] }
      const answer = await guarded(() =>
        orm.em.fork().transactional(async em => {
          const insertNew: Transaction['insertNew'] = async (entity, rows) => bulk.insertNew(entity, rows)
          const transaction: Transaction = { em, tail, read: readInside, insertNew }
          const result = await run(transaction)
          await em.flush()
          committed = bulk.writeTail(tail)
          return result
        }),
      )
      publish(committed)
      return answer
    },

    async hot(reads, apply) {
      await alone(async () => {
        database.exec('begin immediate')
        try {
          const changes = apply(bulk.load(reads))
          bulk.write(changes)
          const appended = bulk.writeTail(changes)
          if (commitDelayMilliseconds > 0) await new Promise<void>(resolve => void clock.after(commitDelayMilliseconds, resolve))
          database.exec('commit')
          publish(appended)
        } catch (error) {
          if (database.inTransaction) database.exec('rollback')
          throw asAppError(error)
        }
      })
    },

    async hotInside(transaction, reads, apply) {
      const changes = apply(bulk.load(reads))
      bulk.write(changes)
      transaction.tail.rollups.push(...changes.rollups)
      transaction.tail.taskRollups.push(...changes.taskRollups)
      transaction.tail.audits.push(...changes.audits)
      transaction.tail.logs.push(...changes.logs)
      transaction.tail.events.push(...changes.events)
    },

    heads: () =>
      onReads(handle => {
        const history = tables(History)
        const range = (log: LogName) => {
          const { name } = tables(logEntity[log])
          const { newest } = handle
            .prepare('select coalesce((select seq from sqlite_sequence where name = ?), 0) as newest')
            .get(name.slice(1, -1)) as { newest: number }
          const { oldest } = handle.prepare(`select coalesce(min(seq), ?) as oldest from ${name}`).get(newest + 1) as { oldest: number }
          return { newest, oldest }
        }
        const events = range('events')
        const logs = range('logs')
        const { logId } = handle.prepare(`select ${history.column('logId').name} as logId from ${history.name}`).get() as { logId: string }
        return { logId, newest: { events: events.newest, logs: logs.newest }, oldest: { events: events.oldest, logs: logs.oldest } }
      }),

    readLog: async (log, after, limit) => (await read.select(entriesAfter(log, after, limit))) as never,

    onCommit: listener => void listeners.push(listener),
    onWake: () => undefined,
    isDataError: error => error instanceof AppError === false && /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/.test(codeOf(error)),
    entityManager(workspaceId) {
      const em = orm.em.fork()
      em.setFilterParams('workspace', { id: workspaceId })
      return em
    },
    describe: () =>
      onReads(handle => {
        const number = (pragma: string) => handle.pragma(pragma, { simple: true }) as number
        const journal = path === null ? undefined : statSync(`${path}-wal`, { throwIfNoEntry: false })
        return { sizeBytes: number('page_count') * number('page_size') + (journal?.size ?? 0), revision: headRevision, serverCount: 1 }
      }),
    ping: () => onReads(handle => void handle.prepare('select 1').get()),
    inspect: () =>
      onReads(handle => {
        const damage = (handle.pragma('integrity_check') as { integrity_check: string }[]).map(row => row.integrity_check)
        const orphans = (handle.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]).map(
          ({ table, rowid, parent }) => `${table} ${rowid}: its ${parent} is gone`,
        )
        return [...damage.filter(line => line !== 'ok'), ...orphans]
      }),
    async close() {
      await scans?.close()
      readOnly?.close()
      await close()
    },
  }
}

/** The file, locked against every other server and tool; nothing in it is touched. */
export async function openSqliteSchema({ path, source, synchronous }: Pick<SqliteOptions, 'path' | 'source' | 'synchronous'>) {
  if (path !== null) mkdirSync(dirname(path), { recursive: true })
  const lock = path === null ? null : takeSideLock(path, source)
  const orm = await openOrm({ path, synchronous })
  return {
    orm,
    async close() {
      await orm.close()
      lock?.release()
    },
  }
}

function openOrm({ path, synchronous }: Pick<SqliteOptions, 'path' | 'synchronous'>) {
  return MikroORM.init({
    dbName: path ?? ':memory:',
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    onCreateConnection: async connection => {
      for (const pragma of [
        'journal_mode = wal',
        `synchronous = ${synchronous.toLowerCase()}`,
        'journal_size_limit = 67108864',
        'busy_timeout = 5000',
        'foreign_keys = on',
        'cache_size = -32768',
        'temp_store = memory',
      ]) {
        await (connection as DatabaseConnection).executeQuery(CompiledQuery.raw(`pragma ${pragma}`))
      }
    },
  })
}

function openReadOnly(path: string): Database.Database {
  const handle = new Database(path, { readonly: true, timeout: 5000 })
  handle.pragma('query_only = on')
  handle.pragma('cache_size = -32768')
  return handle
}

async function guarded<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw asAppError(error)
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** A database that is full, locked, broken or gone is Unavailable; a constraint is a data error and stays what it is. */
function asAppError(error: unknown): unknown {
  const code = codeOf(error)
  if (isAppError(error) || !/^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|PROTOCOL)/.test(code)) return error
  return unavailable(
    code.startsWith('SQLITE_FULL') ? 'The disk is full: nothing was written.' : `The database does not answer (${code}).`,
    error,
  )
}
