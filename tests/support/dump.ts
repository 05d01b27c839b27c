// All rows of a database, read past the server, in a form that can be compared.
import Database from 'better-sqlite3'
import pg from 'pg'
import { MIGRATIONS_TABLE } from '../../src/storage/migrator.ts'

export interface Held {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** By table. The migrator's own is left out. */
export type Dump = Readonly<Record<string, Held>>

type Ask = (sql: string) => Promise<Record<string, unknown>[]>

export const dumpOf = (url: string): Promise<Dump> => (url.startsWith('sqlite') ? dumpSqlite(url) : dumpPostgres(url))

/** What of a dump the tables and columns of another can hold. */
export const restricted = (dump: Dump, schema: Dump): Dump =>
  Object.fromEntries(
    Object.entries(schema).map(([table, { columns }]) => {
      const rows = (dump[table]?.rows ?? []).map(row => Object.fromEntries(columns.map(column => [column, row[column]])))
      return [table, { columns, rows }]
    }),
  )

async function dumpSqlite(url: string): Promise<Dump> {
  const database = new Database(url.replace('sqlite:///', ''), { readonly: true })
  try {
    const tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
    return await dump(
      async sql => database.prepare(sql).all() as Record<string, unknown>[],
      tables,
      table => `select name from pragma_table_info('${table}')`,
    )
  } finally {
    database.close()
  }
}

async function dumpPostgres(url: string): Promise<Dump> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const columnsOf = (table: string) =>
      `select column_name as name from information_schema.columns where table_name = '${table}' order by ordinal_position`
    const tables = "select table_name as name from information_schema.tables where table_schema = 'public' order by table_name"
    return await dump(async sql => (await client.query(sql)).rows, tables, columnsOf)
  } finally {
    await client.end()
  }
}

async function dump(ask: Ask, tables: string, columnsOf: (table: string) => string): Promise<Dump> {
  const dumped: Record<string, Held> = {}
  for (const { name } of await ask(tables)) {
    if (name === MIGRATIONS_TABLE) continue
    const columns = (await ask(columnsOf(String(name)))).map(column => String(column['name']))
    // As text: some kinds of values have no order of their own.
    const order = columns.slice(0, 4).map(column => `cast("${column}" as text)`)
    const rows = await ask(`select * from "${name}" order by ${order.join(', ')}`)
    dumped[String(name)] = { columns, rows }
  }
  return dumped
}
