// Many runs from few, by the database itself: a hundred thousand in a minute, each with states, events and log lines of its own. A copy comes after
// the one before it, in time and in its ids, so that what is near in time is near in the tables.
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import pg from 'pg'
import type { Place } from '../../bench/places.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { openMaintenance } from '../../src/storage/maintenance.ts'

/** The last revision without roll-ups: those after it count the runs that they find. */
const UNCOUNTED = '0004-flow-runs-by-id'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Makes `copies` of every run that is there. No server may use the database meanwhile. */
export async function multiplyRuns(place: Pick<Place, 'url' | 'file'>, copies: number): Promise<void> {
  await migrateTo(place.url, 'down', UNCOUNTED)
  await (place.file === undefined ? multiplyInPostgres(place.url, copies) : multiplyInFile(place.file, copies))
  await migrateTo(place.url, 'up', 'head')
}

export async function migrateTo(url: string, direction: 'up' | 'down', revision: string): Promise<void> {
  const settings = loadSettings({ CASTELLAN_API_DATABASE_CONNECTION_URL: url })
  const maintenance = await openMaintenance({ settings, log: silent, clock: systemClock })
  await maintenance.migrate(await (direction === 'up' ? maintenance.planUpgrade(revision) : maintenance.planDowngrade(revision)))
  await maintenance.close()
}

interface Dialect {
  /** The id of a copy, which tells the time of the copy. */
  copied(id: string): string
  later(time: string): string
  replaced(json: string, from: string, to: string): string
  /** A table of one column `copy`, of the numbers 1 to `copies`. */
  copies: string
}

function multiplyInFile(file: string, copies: number): void {
  const database = new Database(file)
  database.pragma('synchronous = off')
  database.pragma('cache_size = -200000')
  const span = database.prepare('select (max("updated") - min("created")) / 1000 + 1000 from "flow_run"').pluck().get() as number
  database.function('copied', { deterministic: true }, (id, copy) => (id === null ? null : copiedId(String(id), Number(copy), span)))
  const dialect: Dialect = {
    copied: id => `copied(${id}, "copy")`,
    later: time => `${time} + "copy" * ${span * 1000}`,
    replaced: (json, from, to) => `replace(${json}, ${from}, ${to})`,
    copies: `(with recursive numbers ("copy") as (select 1 union all select "copy" + 1 from numbers where "copy" < ${copies}) select "copy" from numbers) as copies`,
  }
  const columnsOf = (table: string) => database.pragma(`table_info("${table}")`) as { name: string }[]
  database.transaction(() => {
    for (const table of tables)
      database.exec(
        insertion(
          table,
          columnsOf(table).map(({ name }) => name),
          dialect,
        ),
      )
  })()
  database.close()
}

async function multiplyInPostgres(url: string, copies: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows: spans } = await client.query(
    'select ceil(extract(epoch from max("updated") - min("created")) * 1000) + 1000 as span from "flow_run"',
  )
  const span = Number(spans[0].span)
  await client.query(`create function pg_temp.copied(id uuid, copy int) returns uuid immutable strict language sql as $$
    select (lpad(to_hex(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint + copy * ${span}::bigint), 12, '0')
      || substr(replace(id::text, '-', ''), 13, 8) || left(md5(id::text || copy), 12))::uuid $$`)
  const dialect: Dialect = {
    copied: id => `pg_temp.copied(${id}::uuid, "copy")`,
    later: time => `${time} + "copy" * interval '${span} milliseconds'`,
    replaced: (json, from, to) => `replace(${json}::text, ${from}::text, ${to}::text)::jsonb`,
    copies: `generate_series(1, ${copies}) as copies("copy")`,
  }
  for (const table of tables) {
    const { rows } = await client.query(
      'select column_name from information_schema.columns where table_schema = current_schema() and table_name = $1',
      [table],
    )
    await client.query(
      insertion(
        table,
        rows.map(row => row.column_name),
        dialect,
      ),
    )
  }
  await client.query('analyze')
  await client.end()
}

/** The time of the first, later by `copy` spans of milliseconds, and another end. */
function copiedId(id: string, copy: number, span: number): string {
  const digits = id.replaceAll('-', '')
  const time = (Number.parseInt(digits.slice(0, 12), 16) + copy * span).toString(16).padStart(12, '0')
  const end = createHash('md5')
    .update(id + copy)
    .digest('hex')
    .slice(0, 12)
  return `${time.slice(0, 8)}-${time.slice(8)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${end}`
}

const tables = ['flow_run', 'flow_run_state', 'event', 'log_line'] as const
const ids: ReadonlySet<string> = new Set(['id', 'state_id', 'flow_run_id', 'follows'])
const times: ReadonlySet<string> = new Set([
  ...['created', 'updated', 'timestamp', 'occurred', 'received', 'sort_time', 'state_timestamp'],
  ...['expected_start_time', 'next_scheduled_start_time', 'start_time', 'end_time'],
])
const PREFIX = 'prefect.flow-run.'

function insertion(table: (typeof tables)[number], columns: readonly string[], { copied, later, replaced, copies }: Dialect): string {
  const runId = `substr("resource_id", ${PREFIX.length + 1})`
  const copyOf = (column: string): string => {
    if (ids.has(column)) return copied(`"${column}"`)
    if (times.has(column)) return later(`"${column}"`)
    if (column === 'idempotency_key') return 'null'
    if (column === 'resource_id') return `'${PREFIX}' || ${copied(runId)}`
    return column === 'resource' ? replaced('"resource"', runId, copied(runId)) : `"${column}"`
  }
  const names = columns.filter(column => column !== 'seq')
  const where = table === 'event' ? ` where "resource_id" like '${PREFIX}%'` : ''
  const order = ` order by "copy", "${columns.includes('seq') ? 'seq' : 'id'}"`
  const quoted = names.map(column => `"${column}"`).join(', ')
  return `insert into "${table}" (${quoted}) select ${names.map(copyOf).join(', ')} from "${table}" cross join ${copies}${where}${order}`
}
