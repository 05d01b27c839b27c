// The databases that benchmarks and fault scenarios run on, by the word on the command line.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '../tests/support/postgres.ts'

export interface Place {
  /** The connection URL, in the form that the server's setting takes. */
  url: string
  /** Of a SQLite file; undefined for anything else. */
  file?: string
  dispose(): Promise<void>
}

export interface PlaceOptions {
  /** Of a Postgres of our own: whether its commits wait for the disk. */
  isDurable?: boolean
}

/** `sqlite` (a file, synchronous FULL), `memory`, `postgres` (one of our own), or the URL of a database that may be written to. */
export async function openPlace(database: string, { isDurable = false }: PlaceOptions = {}): Promise<Place> {
  if (database === 'memory') return { url: 'sqlite:///:memory:', dispose: async () => {} }
  if (database === 'sqlite') return openFile()
  if (database !== 'postgres') return { url: database, dispose: async () => {} }
  const created = await createDatabase({ isDurable })
  return { url: created.url, dispose: () => created.drop() }
}

function openFile(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-place-'))
  const file = join(folder, 'castellan.db')
  return { url: `sqlite:///${file}`, file, dispose: async () => rmSync(folder, { recursive: true, force: true }) }
}
