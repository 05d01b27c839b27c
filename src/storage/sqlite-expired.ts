import type Database from 'better-sqlite3'
import { EventEntity } from '../core/events/index.ts'
import { FlowRun } from '../core/flow-runs/index.ts'
import { Follower } from '../core/followers/index.ts'
import { LogLineEntity } from '../core/logs/index.ts'
import { type DeletedRun, type DeletedTaskRun, type Expired, type Expiry, expiredAtOnce } from '../core/orchestration/index.ts'
import { terminalTypes } from '../core/states/index.ts'
import { TaskRun } from '../core/task-runs/index.ts'
import { Workspace } from '../core/workspaces/index.ts'
import { deletedRunProperties, deletedTaskProperties } from './bulk.ts'
import { decodeRow } from './query-sql.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { Column, Table, Tables } from './tables.ts'

/**
 * Runs are sought by the index that begins with workspace, state and sort time: one that ended long ago but was expected later than that waits until
 * that moment too is long ago.
 */
export function expiredFinder(database: Database.Database, tables: Tables) {
  const [run, workspace, event] = [tables(FlowRun), tables(Workspace), tables(EventEntity)]
  const [line, task, follower] = [tables(LogLineEntity), tables(TaskRun), tables(Follower)]
  const column = (property: string) => run.column(property).name
  const columns = run.columns.filter(({ property }) => deletedRunProperties.has(property))
  const runs = database.prepare(
    `select ${columns.map(({ name }) => name).join(', ')} from ${run.name} where ${column('workspaceId')} in (select "id" from ${workspace.name}) and ${column('stateType')} in (${terminalTypes.map(type => `'${type}'`).join(', ')}) ` +
      `and ${column('sortTime')} < ? and ${column('endTime')} < ? limit ${expiredAtOnce.runs}`,
  )
  const taskColumns = task.columns.filter(({ property }) => deletedTaskProperties.has(property))
  const tasks = database.prepare(
    `select ${taskColumns.map(({ name }) => name).join(', ')} from ${task.name} where "flow_run_id" is null and "end_time" < ? order by "end_time", "id" limit ${expiredAtOnce.taskRuns}`,
  )
  const decoded = <Found>(of: readonly Column[], rows: unknown[]) =>
    (rows as Record<string, unknown>[]).map(row => decodeRow(sqliteDialect, of, row) as unknown as Found)
  const oldest = (table: Table, property: string) =>
    database.prepare(`select "seq", ${table.column(property).name} from ${table.name} order by "seq" limit ${expiredAtOnce.entries + 1}`)
  const [events, lines] = [oldest(event, 'received'), oldest(line, 'id')]
  const slowest = database.prepare(`select min(${follower.column('seq').name}) as "seq" from ${follower.name}`)
  return (expiry: Expiry): Omit<Expired, 'linesOfRuns' | 'tasksOfRuns'> => ({
    runs: expiry.runs === null ? [] : decoded<DeletedRun>(columns, runs.all(expiry.runs, expiry.runs)),
    backgroundTasks: expiry.runs === null ? [] : decoded<DeletedTaskRun>(taskColumns, tasks.all(expiry.runs)),
    events: expiry.events === null ? [] : (events.all() as Expired['events'][number][]),
    readByAll: (slowest.get() as { seq: number | null }).seq ?? Number.POSITIVE_INFINITY,
    lines: expiry.lines === null ? [] : (lines.all() as Expired['lines'][number][]),
  })
}
