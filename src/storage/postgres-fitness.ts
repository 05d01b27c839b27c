import type pg from 'pg'
import { AppError } from '../kernel/errors.ts'

const OLDEST_VERSION = 15

const question = `
  select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major,
    current_setting('server_encoding') as encoding`

/** Refuses, in a sentence, a Postgres that this server cannot stand on. */
export async function refuseUnfit(pool: Pick<pg.Pool, 'query'>, location: string, source: string): Promise<void> {
  const { rows } = await pool.query(question)
  const { version, major, encoding } = rows[0] as { version: string; major: number; encoding: string }
  if (major < OLDEST_VERSION) {
    const message = `${location} (${source}) is Postgres ${version}: ${OLDEST_VERSION} or newer is needed.`
    throw new AppError('CONFLICT', message, { version, source })
  }
  if (encoding !== 'UTF8') {
    const message = `${location} (${source}) keeps its texts as ${encoding}: a database with the encoding UTF8 is needed.`
    throw new AppError('CONFLICT', message, { encoding, source })
  }
}
