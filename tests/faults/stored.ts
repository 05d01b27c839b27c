// What is really in a database, read past the server.
import Database from 'better-sqlite3'
import pg from 'pg'
import type { Place } from '../../bench/places.ts'

export interface StoredEvent {
  id: string
  event: string
  resourceId: string
}

/** Ids of all states of flow runs. */
export const storedStateIds = async (place: Place): Promise<Set<string>> =>
  new Set((await select<{ id: string }>(place, 'select id from flow_run_state')).map(({ id }) => id))

/** The event log, oldest first. */
export const storedEvents = (place: Place): Promise<StoredEvent[]> =>
  select<StoredEvent>(place, 'select id, event, resource_id as "resourceId" from event order by seq')

export async function select<Row>({ url, file }: Pick<Place, 'url' | 'file'>, sql: string): Promise<Row[]> {
  if (file !== undefined) {
    const database = new Database(file, { readonly: true })
    try {
      return database.prepare(sql).all() as Row[]
    } finally {
      database.close()
    }
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as Row[]
  } finally {
    await client.end()
  }
}
