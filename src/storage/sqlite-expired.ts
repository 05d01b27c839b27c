import type Database from 'better-sqlite3'
import { type DeletedRun, type Expired, type Expiry, expiredAtOnce } from '../core/orchestration/index.ts'
import { terminalTypes } from '../core/states/index.ts'
import { deletedRunProperties } from './bulk.ts'
import { decodeRow } from './query-sql.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { Table } from './tables.ts'

/**
 * Runs are sought by the index that begins with workspace, state and sort time: one that ended long ago but was expected later than that waits until
 * that moment too is long ago.
 */
export function expiredFinder(database: Database.Database, run: Table, workspace: Table, event: Table, line: Table) {
  const column = (property: string) => run.column(property).name
  const columns = run.columns.filter(({ property }) => deletedRunProperties.has(property))
  const runs = database.prepare(
    `select ${columns.map(({ name }) => name).join(', ')} from ${run.name} where ${column('workspaceId')} in (select "id" from ${workspace.name}) and ${column('stateType')} in (${terminalTypes.map(type => `'${type}'`).join(', ')}) ` +
      `and ${column('sortTime')} < ? and ${column('endTime')} < ? limit ${expiredAtOnce.runs}`,
  )
  const oldest = (table: Table, property: string) =>
    database.prepare(`select "seq", ${table.column(property).name} from ${table.name} order by "seq" limit ${expiredAtOnce.entries + 1}`)
  const [events, lines] = [oldest(event, 'received'), oldest(line, 'id')]
  return (expiry: Expiry): Omit<Expired, 'linesOfRuns' | 'tasksOfRuns'> => ({
    runs:
      expiry.runs === null
        ? []
        : (runs.all(expiry.runs, expiry.runs) as Record<string, unknown>[]).map(
            row => decodeRow(sqliteDialect, columns, row) as unknown as DeletedRun,
          ),
    events: expiry.events === null ? [] : (events.all() as Expired['events'][number][]),
    lines: expiry.lines === null ? [] : (lines.all() as Expired['lines'][number][]),
  })
}
