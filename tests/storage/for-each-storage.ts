// The same sentence on SQLite, in memory and on Postgres, each test in a house of its own on a database of its own.
import { onTestFinished } from 'vitest'
import { type BareHouse, type BareHouseOptions, openBareHouse } from '../support/house.ts'
import { createDatabase, createTemplate } from '../support/postgres.ts'
import {
  describeOnPostgres,
  forEachStorage as forEachPlace,
  isQuick,
  migratedSqlitePlace,
  type StorageName,
  type StoragePlace,
} from '../support/storages.ts'

/** Opens a house that closes when the test is over. On Postgres, `on` opens another server on the database of the first. */
export type OpenHouse = (options?: BareHouseOptions & { readonly on?: string }) => Promise<BareHouse & { readonly url: string }>

export function forEachStorage(body: (open: OpenHouse, name: StorageName) => void): void {
  forEachPlace((name, emptyPlace) => body(opener(migratedPlaces[name] ?? emptyPlace), name))
}

export function onPostgres(body: (open: OpenHouse) => void): void {
  describeOnPostgres('on Postgres', () => body(opener(migratedPlaces.postgres)))
}

/** No power cut happens in a quick run: it need not wait for the disk at each commit, which on a busy one took longer than all the rest. */
const unhurt = isQuick ? { CASTELLAN_SQLITE_SYNCHRONOUS: 'NORMAL' } : {}

const opener =
  (findPlace: () => Promise<StoragePlace>): OpenHouse =>
  async ({ on, environment, ...options } = {}) => {
    const place = on === undefined ? await findPlace() : { url: on, dispose: async () => {} }
    onTestFinished(() => place.dispose())
    const house = await openBareHouse(place.url, { ...options, environment: { ...unhurt, ...environment } })
    onTestFinished(() => house.close())
    return Object.assign(house, { url: place.url })
  }

const migrate = async (url: string): Promise<void> => (await openBareHouse(url)).close()

/** A copy of a database that was migrated once. Its history is copied too, so do not use it to ask about that. */
const migratedPlaces = {
  sqlite: () => migratedSqlitePlace(migrate),
  memory: undefined,
  async postgres(): Promise<StoragePlace> {
    const template = await createTemplate('migrated', migrate)
    const database = await createDatabase({ template })
    return { url: database.url, dispose: () => database.drop() }
  },
}
