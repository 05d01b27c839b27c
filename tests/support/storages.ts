// The storages that a server can stand on, for suites that say the same sentence on each.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

/** Describes the same rules on SQLite, in memory and on Postgres. A quick run stands on SQLite alone: the suites of the doors stand in memory. */
export function forEachStorage(body: (name: StorageName, place: () => Promise<StoragePlace>) => void): void {
  describe('on SQLite', () => body('sqlite', sqlitePlace))
  if (!isQuick) describe('in memory', () => body('memory', memoryPlace))
  describeOnPostgres('on Postgres', () => body('postgres', postgresPlace))
}

/** `describe`, where there is a Postgres. A quick run starts none. */
export function describeOnPostgres(title: string, body: () => void): void {
  if (!isQuick) describeUnless(missingPostgres(18), title, body)
}

/** A quick run hurts no disk, and waits for none where the system keeps files in memory. */
const placesFolder = isQuick && existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export async function sqlitePlace(): Promise<StoragePlace> {
  const folder = mkdtempSync(join(placesFolder, 'castellan-test-'))
  return { url: `sqlite:///${join(folder, 'castellan.db')}`, dispose: async () => rmSync(folder, { recursive: true, force: true }) }
}

/** A copy of a file that was migrated once, by `migrate`. Its history and its key are copied too, so do not use it to ask about those. */
export async function migratedSqlitePlace(migrate: (url: string) => Promise<void>): Promise<StoragePlace> {
  migrated ??= fillPlace(migrate)
  const place = await sqlitePlace()
  cpSync(folderOf(await migrated), folderOf(place), { recursive: true })
  return place
}

/** Of this process, which removes it when it ends. */
let migrated: Promise<StoragePlace> | undefined

async function fillPlace(fill: (url: string) => Promise<void>): Promise<StoragePlace> {
  const place = await sqlitePlace()
  process.once('exit', () => rmSync(folderOf(place), { recursive: true, force: true }))
  await fill(place.url)
  return place
}

const folderOf = ({ url }: StoragePlace): string => dirname(url.replace('sqlite:///', ''))

export async function memoryPlace(): Promise<StoragePlace> {
  return { url: 'sqlite:///:memory:', dispose: async () => {} }
}

export async function postgresPlace(): Promise<StoragePlace> {
  const database = await createDatabase()
  return { url: database.url, dispose: () => database.drop() }
}
