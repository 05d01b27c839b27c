// Databases on the run's own Postgres: a suite takes a fresh one and drops it.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { PostgresMajor } from './cluster.ts'
import { shared } from './shared.ts'

export { missingPostgres, type PostgresMajor } from './cluster.ts'

export interface Database {
  url: string
  name: string
  drop(): Promise<void>
}

export interface DatabaseOptions {
  major?: PostgresMajor
  /** The name of a database to copy, as `createTemplate` answered it. Default: an empty one. */
  template?: string
  /** On a Postgres 18 whose commits wait for the disk: for benchmarks. Default: false. */
  isDurable?: boolean
}

/** A fresh database of its own. The first call of a run starts Postgres. */
export async function createDatabase({ major = 18, template = 'template1', isDurable = false }: DatabaseOptions = {}): Promise<Database> {
  const root = await shared(isDurable ? 'postgres-18-durable' : `postgres-${major}`)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(root, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return { name, url: withDatabase(root, name), drop: () => execute(root, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/**
 * Makes a database once per run, lets `fill` prepare it (migrate, seed), and answers its name, to be given to `createDatabase`:
 * copying it costs a fraction of filling it. `fill` must have closed its connections when it answers.
 */
export async function createTemplate(
  name: string,
  fill: (url: string) => Promise<unknown>,
  { major = 18 }: DatabaseOptions = {},
): Promise<string> {
  const root = await shared(`postgres-${major}`)
  const database = `template_${name.replaceAll(/\W/g, '_')}`
  await withClient(root, async client => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [database])
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (rowCount) return
    const draft = `draft_${randomUUID().replaceAll('-', '')}`
    await client.query(`CREATE DATABASE ${draft}`)
    await fill(withDatabase(root, draft))
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${database}`)
  })
  return database
}

const execute = (url: string, sql: string): Promise<void> => withClient(url, async client => void (await client.query(sql)))

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
