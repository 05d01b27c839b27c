// Writes very many rows straight into a database, at the speed of the database; no server may use it meanwhile.
import Database from 'better-sqlite3'
import pg from 'pg'
import { toIso } from '../src/kernel/clock.ts'
import { migrateTo } from '../tests/faults/multiply.ts'
import type { Place } from './places.ts'
import { moments, type Seeded, type SeedRow, type SeedSizes, seedRows } from './seed-rows.ts'

export type { Seeded, SeedSizes } from './seed-rows.ts'

/** The last revision without roll-ups: those after it count the runs that they find. */
const UNCOUNTED = '0004-flow-runs-by-id'

export async function seedRuns(place: Pick<Place, 'url' | 'file'>, sizes: SeedSizes): Promise<Seeded> {
  await migrateTo(place.url, 'up', 'head')
  await migrateTo(place.url, 'down', UNCOUNTED)
  const seeded = await (place.file === undefined ? intoPostgres(place.url, sizes) : intoFile(place.file, sizes))
  await migrateTo(place.url, 'up', 'head')
  if (place.file === undefined) await vacuum(place.url)
  return seeded
}

async function intoFile(file: string, sizes: SeedSizes): Promise<Seeded> {
  const database = new Database(file)
  database.pragma('synchronous = off')
  database.pragma('journal_mode = memory')
  database.pragma('cache_size = -1000000')
  const { id } = database.prepare('select id from workspace').get() as { id: string }
  const { promise, resolve } = Promise.withResolvers<Seeded>()
  const statements = new Map<string, Database.Statement>()
  const prepare = (table: string, names: readonly string[]) => {
    const statement = database.prepare(
      `insert into "${table}" (${names.map(quoted).join(', ')}) values (${names.map(() => '?').join(', ')})`,
    )
    statements.set(table, statement)
    return statement
  }
  const encode = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)
  database.transaction(() => {
    for (const [table, row] of seedRows(id, sizes, resolve))
      (statements.get(table) ?? prepare(table, Object.keys(row))).run(Object.values(row).map(encode))
  })()
  database.pragma('journal_mode = wal')
  database.close()
  return promise
}

const ROWS_AT_ONCE = 5_000

async function intoPostgres(url: string, sizes: SeedSizes): Promise<Seeded> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select id from workspace')
  const { promise, resolve } = Promise.withResolvers<Seeded>()
  const waiting = new Map<string, SeedRow[1][]>()
  const flush = async (table: string) => {
    const batch = waiting.get(table) ?? []
    waiting.set(table, [])
    if (batch.length === 0) return
    const names = Object.keys(batch[0]!).map(quoted).join(', ')
    const text = JSON.stringify(batch, (name, value) => (moments.has(name) && typeof value === 'number' ? toIso(value) : value))
    await client.query(`insert into "${table}" (${names}) select ${names} from json_populate_recordset(null::"${table}", $1::json)`, [text])
  }
  await client.query('set session_replication_role = replica')
  for (const [table, row] of seedRows(rows[0].id, sizes, resolve)) {
    const batch = waiting.get(table) ?? []
    waiting.set(table, batch)
    batch.push(row)
    if (batch.length === ROWS_AT_ONCE) await flush(table)
  }
  for (const table of waiting.keys()) await flush(table)
  await client.end()
  return promise
}

/** As autovacuum leaves a database that has been there for a day. */
async function vacuum(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}

const quoted = (name: string): string => `"${name}"`
