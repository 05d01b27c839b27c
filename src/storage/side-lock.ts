import Database from 'better-sqlite3'
import { AppError } from '../kernel/errors.ts'

/**
 * One server owns one SQLite file. Held as an exclusive transaction on a side database: the operating system releases it when the process dies,
 * however it dies, which a file with a process id in it would not.
 */
export function takeSideLock(path: string, source: string): { release(): void } {
  const lock = new Database(`${path}.lock`, { timeout: 0 })
  try {
    lock.pragma('journal_mode = delete')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    throw new AppError(
      'LOCKED',
      `${path} (${source}) is in use by another server. Stop that one, or give this one a database of its own.`,
      { path, source },
      { cause: error },
    )
  }
  return { release: () => lock.close() }
}
