// A database at a glance: which revisions it bears, what its schema is, and a digest of the rows of each table. Two equal pictures are two equal databases.
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Place } from '../../bench/places.ts'
import { MIGRATIONS_TABLE } from '../../src/storage/migrator.ts'
import { select } from './stored.ts'

export interface Picture {
  readonly revisions: readonly string[]
  readonly schema: string
  /** By table: how many rows there are, and a sum of their hashes. */
  readonly rows: Readonly<Record<string, string>>
}

/** What a server puts there itself whenever it starts and misses it: the block types that come with it. By table, the rows that are looked at all the same. */
const rowsLookedAt: Readonly<Record<string, string>> = {
  audit_entry: "operation <> 'block-type.install'",
  block_schema: 'block_type_id not in (select id from block_type where is_protected)',
  block_type: 'not is_protected',
}
const lookedAt = (table: string) => `"${table}" as t where ${rowsLookedAt[table] ?? 'true'}`

export async function pictureOf(place: Pick<Place, 'url' | 'file'>): Promise<Picture> {
  const { file } = place
  const names =
    file === undefined
      ? "select tablename as name from pg_tables where schemaname = 'public'"
      : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
  const tables = (await select<{ name: string }>(place, `${names} order by 1`))
    .map(({ name }) => name)
    .filter(name => name !== MIGRATIONS_TABLE)
  const rows = file === undefined ? await digestsInPostgres(place, tables) : digestsInFile(file, tables)
  const revisions = await select<{ name: string }>(place, `select name from ${MIGRATIONS_TABLE} order by id`)
  return { revisions: revisions.map(({ name }) => name), schema: await schemaOf(place), rows }
}

/** In what two pictures differ. */
export function difference(one: Picture, other: Picture): string[] {
  const tables = new Set([...Object.keys(one.rows), ...Object.keys(other.rows)])
  return [
    ...(one.revisions.join() === other.revisions.join() ? [] : [`revisions ${one.revisions.at(-1)} and ${other.revisions.at(-1)}`]),
    ...(one.schema === other.schema ? [] : ['the schema']),
    ...[...tables].filter(table => one.rows[table] !== other.rows[table]),
  ]
}

async function schemaOf(place: Pick<Place, 'url' | 'file'>): Promise<string> {
  const sql =
    place.file === undefined
      ? `select table_name as of, column_name || ' ' || data_type || ' ' || is_nullable as is from information_schema.columns where table_schema = 'public'
          union all select tablename, indexdef from pg_indexes where schemaname = 'public' order by 1, 2`
      : 'select tbl_name as "of", sql as "is" from sqlite_master where name not like \'sqlite_%\' order by 1, 2'
  return JSON.stringify(await select(place, sql))
}

async function digestsInPostgres(place: Pick<Place, 'url' | 'file'>, tables: readonly string[]): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const table of tables) {
    const [row] = await select<{ digest: string }>(
      place,
      `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest from ${lookedAt(table)}`,
    )
    digests[table] = row!.digest
  }
  return digests
}

function digestsInFile(file: string, tables: readonly string[]): Record<string, string> {
  const database = new Database(file, { readonly: true })
  const digests: Record<string, string> = {}
  for (const table of tables) {
    let [count, sum] = [0, 0]
    for (const row of database
      .prepare(`select t.* from ${lookedAt(table)}`)
      .raw()
      .iterate()) {
      count++
      sum = (sum + createHash('md5').update(JSON.stringify(row)).digest().readUIntBE(0, 6)) % 2 ** 48
    }
    digests[table] = `${count} ${sum}`
  }
  database.close()
  return digests
}
