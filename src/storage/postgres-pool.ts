import { createPostgreSqlTypeParsers } from '@mikro-orm/sql'
import pg from 'pg'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { product } from '../kernel/product.ts'

export interface PoolOptions {
  readonly url: string
  readonly clock: Clock
  readonly log: Logger
  readonly size: number
  readonly session: SessionSettings
}

export interface SessionSettings {
  /** In milliseconds; 0 = for ever. */
  readonly statement: number
  readonly lock: number
  readonly idleInTransaction: number
  readonly planning: string
}

/** The longest that a server which stops while it holds the append lock stops the others. Who waits for the lock has more patience than that. */
export const FROZEN = 3000
const LOCK = 5000

// A prepared statement keeps the plan it was given while its table was small: after an hour a batch would read whole tables.
const planAnew = 'set plan_cache_mode = force_custom_plan'
// All that a batch asks goes by keys, whatever the statistics say: its plans may be kept.
const planByKeys = 'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off'

/** Nothing but the client's own computing happens between two statements of a hot transaction. */
export const hotSession: SessionSettings = { statement: 15_000, lock: LOCK, idleInTransaction: FROZEN, planning: planByKeys }
export const coldSession: SessionSettings = { statement: 30_000, lock: LOCK, idleInTransaction: 10_000, planning: planAnew }
/** Changing a schema takes as long as it takes. */
export const migrationSession: SessionSettings = { statement: 0, lock: 0, idleInTransaction: 0, planning: planAnew }

const CONNECT_MILLISECONDS = 5000
/** Beyond every timeout of the server's: the network itself is gone. */
const SILENCE = 45_000
const FAREWELL = 1000
/** A new connection costs a handshake, of which much is meant to be slow. */
const IDLE = 60_000

export interface ClosablePool {
  readonly pool: pg.Pool
  /** Resolves when its connections are closed, or a second later: a network that is gone answers no farewell. */
  close(): Promise<void>
}

export function createPool({ url, clock, log, size, session }: PoolOptions): ClosablePool {
  const open = new Map<pg.PoolClient, Promise<void>>()
  const pool = new pg.Pool({
    ...connection(url),
    max: size,
    idleTimeoutMillis: IDLE,
    types: typeParsers(),
    pipeline: true,
    ...(session.statement > 0 ? { query_timeout: SILENCE } : {}),
    onConnect: client => prepareSession(client, session) as never,
  })
  pool.on('error', error => log.warn({ reason: error.message }, 'A connection to the database was lost while idle.'))
  pool.on('connect', client => {
    // A client that is checked out has no other listener, and an error event without one would end the process. Its queries tell.
    client.on('error', () => undefined)
    open.set(client, new Promise(resolve => client.once('end', () => resolve())))
    client.once('end', () => open.delete(client))
  })
  return {
    pool,
    async close() {
      if (pool.ending) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const patience = clock.after(FAREWELL, resolve)
      await Promise.race([pool.end().then(() => Promise.all(open.values())), promise])
      patience.stop()
    },
  }
}

export const connection = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: product.name,
  connectionTimeoutMillis: CONNECT_MILLISECONDS,
  keepAlive: true,
})

/** A server's or a role's own defaults must not change what we read or how long we wait. */
function prepareSession(client: pg.ClientBase, { statement, lock, idleInTransaction, planning }: SessionSettings): Promise<unknown> {
  return client.query(
    `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set jit = off;
     set statement_timeout = ${statement}; set lock_timeout = ${lock}; set idle_in_transaction_session_timeout = ${idleInTransaction}; ${planning}`,
  )
}

/** Times stay texts, whose microseconds a Date would lose; whole numbers fit a double here. */
function typeParsers(): pg.CustomTypesConfig {
  const { builtins, arrayParser } = pg.types as unknown as {
    builtins: Record<string, number>
    arrayParser: { create(text: string): { parse(): string[] } }
  }
  const overrides = new pg.TypeOverrides()
  for (const [oid, parse] of Object.entries(createPostgreSqlTypeParsers(text => arrayParser.create(text).parse()))) {
    overrides.setTypeParser(Number(oid), parse as never)
  }
  for (const oid of [builtins['INT8']!, builtins['NUMERIC']!]) overrides.setTypeParser(oid, Number)
  return overrides as pg.CustomTypesConfig
}
