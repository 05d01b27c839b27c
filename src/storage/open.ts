import { join } from 'node:path'
import type { Changes, Facts, Reads } from '../core/orchestration/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { type DatabaseTarget, parseDatabaseUrl } from '../kernel/database-url.ts'
import type { Logger } from '../kernel/logger.ts'
import { product } from '../kernel/product.ts'
import { definitions, type Settings } from '../kernel/settings.ts'
import type { Storage } from '../kernel/storage.ts'

export type DomainStorage = Storage<Reads, Facts, Changes>

export interface StorageSite {
  readonly clock: Clock
  readonly log: Logger
  readonly settings: Settings
}

/** The database that the settings name, and where they name it. */
export function databaseTarget(settings: Settings): { readonly target: DatabaseTarget; readonly source: string } {
  const source = settings.databaseUrl ? settings.sources.databaseUrl : definitions.databaseUrl.name
  if (settings.databaseUrl) return { target: parseDatabaseUrl(settings.databaseUrl, source), source }
  return { target: { kind: 'sqlite-file', path: join(settings.home, `${product.name}.db`) }, source }
}

/** Beside this file in the sources; in the build at the top, whatever part this file has become one with. */
const scanner = import.meta.url.endsWith('.ts')
  ? new URL('./sqlite-scanner.ts', import.meta.url)
  : new URL(import.meta.url.includes('/chunks/') ? '../sqlite-scanner.js' : './sqlite-scanner.js', import.meta.url)

/** Opens that database, brought to the newest revision. Only the driver that is needed is loaded. */
export async function openStorage({ settings, ...site }: StorageSite): Promise<DomainStorage> {
  const { target, source } = databaseTarget(settings)
  const { commitDelayMilliseconds } = settings
  if (target.kind === 'postgres') {
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres({ ...site, url: target.url, location: target.location, source, commitDelayMilliseconds })
  }
  const { openSqlite } = await import('./sqlite.ts')
  const path = target.kind === 'sqlite-file' ? target.path : null
  return openSqlite({ ...site, path, scanner, source, synchronous: settings.sqliteSynchronous, commitDelayMilliseconds })
}
