// Storages and houses on a Postgres, opened in this process: they can hold what a server never would.
import type { Ctx } from '../../src/kernel/context.ts'
import type { DomainStorage } from '../../src/storage/open.ts'
import { openPostgres } from '../../src/storage/postgres.ts'
import { openHouse, site } from './house.ts'

export interface PostgresHouse {
  storage: DomainStorage
  ctx: Ctx
}

export interface PostgresHouseOptions {
  commitDelayMilliseconds?: number
  withoutAppendLock?: boolean
}

export async function openPostgresHouse(
  url: string,
  { commitDelayMilliseconds = 0, withoutAppendLock = false }: PostgresHouseOptions = {},
): Promise<PostgresHouse> {
  const storage = await openPostgres({
    ...site,
    url,
    location: 'a fault scenario',
    source: 'a fault scenario',
    commitDelayMilliseconds,
    withoutAppendLock,
  })
  return { storage, ctx: await openHouse(storage) }
}
