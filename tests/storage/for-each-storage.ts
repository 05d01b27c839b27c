// The same sentence on SQLite, in memory and on Postgres, each test in a house of its own on a database of its own.
import { describe, onTestFinished } from 'vitest'
import { type BareHouse, type BareHouseOptions, openBareHouse } from '../support/house.ts'
import { createDatabase, createTemplate, missingPostgres } from '../support/postgres.ts'
import { describeUnless } from '../support/skip.ts'
import { isQuick, memoryPlace, type StorageName, type StoragePlace, sqlitePlace } from '../support/storages.ts'

/** Opens a house that closes when the test is over. On Postgres, `on` opens another server on the database of the first. */
export type OpenHouse = (options?: BareHouseOptions & { readonly on?: string }) => Promise<BareHouse & { readonly url: string }>

export function forEachStorage(body: (open: OpenHouse, name: StorageName) => void): void {
  describe('on SQLite', () => body(opener(sqlitePlace), 'sqlite'))
  describe('in memory', () => body(opener(memoryPlace), 'memory'))
  if (!isQuick) onPostgres(open => body(open, 'postgres'))
}

export function onPostgres(body: (open: OpenHouse) => void): void {
  describeUnless(missingPostgres(18), 'on Postgres', () => body(opener(migratedPlace)))
}

const opener =
  (findPlace: () => Promise<StoragePlace>): OpenHouse =>
  async ({ on, ...options } = {}) => {
    const place = on === undefined ? await findPlace() : { url: on, dispose: async () => {} }
    onTestFinished(() => place.dispose())
    const house = await openBareHouse(place.url, options)
    onTestFinished(() => house.close())
    return Object.assign(house, { url: place.url })
  }

/** A copy of a database that was migrated once. Its history is copied too, so do not use it to ask about that. */
async function migratedPlace(): Promise<StoragePlace> {
  const template = await createTemplate('migrated', async url => (await openBareHouse(url)).close())
  const database = await createDatabase({ template })
  return { url: database.url, dispose: () => database.drop() }
}
