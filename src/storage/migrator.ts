import type { MikroORM } from '@mikro-orm/core'
import type { Migrator } from '@mikro-orm/migrations'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { revisions } from '../../migrations/index.ts'
import { isPostgres } from '../kernel/columns.ts'
import { AppError } from '../kernel/errors.ts'
import { product } from '../kernel/product.ts'
import { advisoryLocks } from './advisory-locks.ts'
import { type MigrationPlan, planUpgrade } from './revisions.ts'

export const MIGRATIONS_TABLE = 'schema_migration'

export interface MigrationSite {
  readonly location: string
  /** The setting that named the database, for refusals. */
  readonly source: string
}

/** Brings a database to the newest revision, or refuses one that is not ours or is newer than we are. The migrator is loaded only when there is work. */
export async function migrateToHead(orm: MikroORM, site: MigrationSite): Promise<void> {
  const applied = await appliedRevisions(orm, site)
  const plan = planUpgrade(knownRevisions, applied)
  if (plan.steps.length > 0) await migrate(orm, plan)
}

export const knownRevisions: readonly string[] = revisions.map(({ name }) => name)

/** Where every database is that a server has opened. */
export const headRevision = knownRevisions.at(-1)!

/** All of the plan or nothing of it. */
export function migrate(orm: MikroORM, { direction, target }: MigrationPlan): Promise<void> {
  return oneAtATime(orm, async () => {
    const migrator = await createMigrator(orm)
    if (direction === 'up') await migrator.up({ to: target! })
    else await migrator.down({ to: target ?? 0 })
  })
}

/** On Postgres several servers may start at once: the lock is held by a connection of its own, the migrator's one transaction runs beside it. */
function oneAtATime(orm: MikroORM, run: () => Promise<void>): Promise<void> {
  if (!onPostgres(orm)) return run()
  return (orm.em as SqlEntityManager).fork().transactional(async em => {
    await em.execute(`select pg_advisory_xact_lock(${advisoryLocks.class}, ${advisoryLocks.migrate})`)
    await run()
  })
}

/** All steps of a plan are one transaction. The options take the place of the library's own, in which they would be so. */
async function createMigrator(orm: MikroORM): Promise<Migrator> {
  const [{ Migrator }, { toMigration }] = await Promise.all([import('@mikro-orm/migrations'), import('../../migrations/revision.ts')])
  orm.config.set('migrations', {
    tableName: MIGRATIONS_TABLE,
    migrationsList: revisions.map(revision => ({ name: revision.name, class: toMigration(revision) })),
    transactional: true,
    allOrNothing: true,
    snapshot: false,
    silent: true,
  })
  return new Migrator(orm.em as SqlEntityManager)
}

const onPostgres = (orm: MikroORM): boolean => isPostgres(orm.em.getPlatform())

/** What has been applied, oldest first. Refuses a database of somebody else, or of a newer version. */
export async function appliedRevisions(orm: MikroORM, site: MigrationSite): Promise<string[]> {
  const em = (orm.em as SqlEntityManager).fork()
  const listing = onPostgres(orm)
    ? 'select table_name as name from information_schema.tables where table_schema = current_schema()'
    : "select name from sqlite_master where type = 'table'"
  const tables = new Set((await em.execute<{ name: string }[]>(listing)).map(({ name }) => name))
  if (tables.has('alembic_version')) {
    throw new AppError(
      'CONFLICT',
      `${site.location} (${site.source}) belongs to a Prefect server. Point ${site.source} at a database of its own; nothing was changed.`,
      { source: site.source },
    )
  }
  if (!tables.has(MIGRATIONS_TABLE)) return []
  const applied = (await em.execute<{ name: string }[]>(`select name from ${MIGRATIONS_TABLE} order by id`)).map(({ name }) => name)
  refuseNewer(applied, site)
  return applied
}

function refuseNewer(applied: readonly string[], { location, source }: MigrationSite): void {
  const unknown = applied.findLast(name => !knownRevisions.includes(name))
  if (unknown === undefined) return
  throw new AppError(
    'CONFLICT',
    `${location} (${source}) is at revision ${unknown}, which this version of ${product.title} does not know. Start a newer version, or point ${source} at another database.`,
    { revision: unknown, source },
  )
}
