// The storages that a server can stand on, for suites that say the same sentence on each.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { createDatabase, missingPostgres } from './postgres.ts'
import { describeUnless } from './skip.ts'

export interface StoragePlace {
  /** The connection URL, in the plain form that settings accept. */
  url: string
  dispose(): Promise<void>
}

export type StorageName = 'sqlite' | 'memory' | 'postgres'

export const isQuick = process.env['CASTELLAN_TEST_QUICK'] === '1'

/** Describes the same rules on SQLite, in memory and on Postgres. A quick run leaves Postgres out. */
export function forEachStorage(body: (name: StorageName, place: () => Promise<StoragePlace>) => void): void {
  describe('on SQLite', () => body('sqlite', sqlitePlace))
  describe('in memory', () => body('memory', memoryPlace))
  if (!isQuick) describeUnless(missingPostgres(18), 'on Postgres', () => body('postgres', postgresPlace))
}

export async function sqlitePlace(): Promise<StoragePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'))
  return { url: `sqlite:///${join(folder, 'castellan.db')}`, dispose: async () => rmSync(folder, { recursive: true, force: true }) }
}

export async function memoryPlace(): Promise<StoragePlace> {
  return { url: 'sqlite:///:memory:', dispose: async () => {} }
}

export async function postgresPlace(): Promise<StoragePlace> {
  const database = await createDatabase()
  return { url: database.url, dispose: () => database.drop() }
}
