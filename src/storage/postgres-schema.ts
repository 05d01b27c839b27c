import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { refuseUnfit } from './postgres-fitness.ts'
import { openPostgresOrm } from './postgres-orm.ts'
import { createPool, migrationSession } from './postgres-pool.ts'

export interface PostgresSchemaOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly url: string
  readonly location: string
  readonly source: string
}

/** The database without anything that serves: for changing its schema, which takes as long as it takes. */
export async function openPostgresSchema({ clock, log, url, location, source }: PostgresSchemaOptions) {
  const { pool, close } = createPool({ url, clock, log, size: 2, session: migrationSession })
  try {
    await refuseUnfit(pool, location, source)
    const orm = await openPostgresOrm(pool, decodeURIComponent(new URL(url).pathname.slice(1)))
    return {
      orm,
      async close() {
        await orm.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
