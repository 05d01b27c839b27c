// A client of Postgres beside the servers: it holds, kills and looks, as others who use the database may.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import pg from 'pg'
import { onTestFinished } from 'vitest'

export async function openRaw(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'beside' })
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.end().catch(() => undefined))
  return client
}

/** Asks until a sentence of SQL is true; what is waited for happens in another process, which tells nobody. */
export async function untilTrue(client: pg.Client, condition: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query(`select (${condition}) as "isTrue"`)
    if (rows[0].isTrue) return
  }
}

const others = "datname = current_database() and application_name <> 'beside'"

/** Somebody waits before the commit, holding what there is to hold. */
export const somebodyHolds = `exists (select from pg_stat_activity where ${others} and query like '%pg_sleep%' and state = 'active')`

const waiting = `from pg_stat_activity where ${others} and wait_event_type = 'Lock'`

export const somebodyWaits = `exists (select ${waiting})`

export const twoWait = `(select count(*) ${waiting}) = 2`

/** The connections for wake-ups that hear of them already. */
export const listens = `from pg_stat_activity where ${others} and query like 'listen%' and state = 'idle'`

/** Ends connections of others, and waits until they have ended: being told to is not yet the end of them. */
export async function killOthers(client: pg.Client, which = 'true'): Promise<void> {
  const { rows } = await client.query(`select pid, pg_terminate_backend(pid) from pg_stat_activity where ${others} and ${which}`)
  const pids = rows.map(({ pid }) => Number(pid))
  await untilTrue(client, `not exists (select from pg_stat_activity where pid = any('{${pids.join(',')}}'::int[]))`)
}

/** The same from a process of its own, while this one stands still: nobody here has heard of it when it is done. */
export function killOthersAtOnce(url: string): void {
  const program = `const pg = require(process.argv[1])
    const client = new pg.Client({ connectionString: process.argv[2], application_name: 'beside' })
    const kill = "select pg_terminate_backend(pid, 10000) from pg_stat_activity where ${others}"
    client.connect().then(() => client.query(kill)).then(() => client.end())`
  execFileSync(process.execPath, ['-e', program, createRequire(import.meta.url).resolve('pg'), url])
}

export const deadlocks = async (client: pg.Client): Promise<number> =>
  Number((await client.query('select deadlocks from pg_stat_database where datname = current_database()')).rows[0].deadlocks)
