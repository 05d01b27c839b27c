import type { MikroORM } from '@mikro-orm/core'
import type { Settings } from '../kernel/settings.ts'
import { appliedRevisions, knownRevisions, type MigrationSite, migrate } from './migrator.ts'
import { databaseTarget, type StorageSite } from './open.ts'
import { type MigrationPlan, planDowngrade, planUpgrade } from './revisions.ts'

export interface RevisionStatus {
  readonly name: string
  readonly isApplied: boolean
}

/** What is done to a database while no server uses it. Nothing is migrated by opening it. */
export interface Maintenance {
  readonly location: string
  /** All revisions this version knows, oldest first. */
  history(): Promise<readonly RevisionStatus[]>
  planUpgrade(revision?: string): Promise<MigrationPlan>
  planDowngrade(revision?: string): Promise<MigrationPlan>
  migrate(plan: MigrationPlan): Promise<void>
  /** Takes everything away and lays the schema anew. Cursors of before are answered with a gap from then on. */
  reset(): Promise<void>
  close(): Promise<void>
}

export async function openMaintenance({ settings, ...site }: StorageSite): Promise<Maintenance> {
  const { orm, migrationSite, close } = await openBare({ settings, ...site })
  const applied = () => appliedRevisions(orm, migrationSite)
  const run = async (plan: MigrationPlan) => {
    if (plan.steps.length > 0) await migrate(orm, plan)
  }
  return {
    location: migrationSite.location,
    async history() {
      const names = await applied()
      return knownRevisions.map(name => ({ name, isApplied: names.includes(name) }))
    },
    planUpgrade: async revision => planUpgrade(knownRevisions, await applied(), revision),
    planDowngrade: async revision => planDowngrade(knownRevisions, await applied(), revision),
    migrate: run,
    async reset() {
      await run(planDowngrade(knownRevisions, await applied(), 'base'))
      await run(planUpgrade(knownRevisions, []))
    },
    close,
  }
}

interface Bare {
  readonly orm: MikroORM
  readonly migrationSite: MigrationSite
  close(): Promise<void>
}

async function openBare({ settings, ...site }: Omit<StorageSite, 'settings'> & { readonly settings: Settings }): Promise<Bare> {
  const { target, source } = databaseTarget(settings)
  if (target.kind === 'postgres') {
    const { openPostgresSchema } = await import('./postgres-schema.ts')
    const { orm, close } = await openPostgresSchema({ ...site, url: target.url, location: target.location, source })
    return { orm, close, migrationSite: { location: target.location, source } }
  }
  const { openSqliteSchema } = await import('./sqlite.ts')
  const path = target.kind === 'sqlite-file' ? target.path : null
  const { orm, close } = await openSqliteSchema({ path, source, synchronous: settings.sqliteSynchronous })
  return { orm, close, migrationSite: { location: path ?? ':memory:', source } }
}
