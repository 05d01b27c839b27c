import type { EntityName } from '@mikro-orm/core'
import { Artifact } from '../core/artifacts/index.ts'
import { AuditEntryEntity } from '../core/audit/index.ts'
import { EventEntity } from '../core/events/index.ts'
import { FlowRun, FlowRunState } from '../core/flow-runs/index.ts'
import { Flow } from '../core/flows/index.ts'
import { LogLineEntity } from '../core/logs/index.ts'
import type { Changes } from '../core/orchestration/index.ts'
import { FlowRunRollup, foldRollups, foldTaskRollups, TaskRunRollup } from '../core/rollups/index.ts'
import { CachedResultEntity, TaskRun, TaskRunState } from '../core/task-runs/index.ts'
import { TaskWorker } from '../core/task-workers/index.ts'
import { type Instant, toIso } from '../kernel/clock.ts'
import { type LogEvent, resourceIdOf } from '../kernel/event-log.ts'
import type { Committed, LogEntry, LogLine, Tail } from '../kernel/storage.ts'
import { advisoryLocks } from './advisory-locks.ts'
import { editableFlowProperties, editableRunProperties, onSeen, stateProperties, taskRunProperties } from './bulk.ts'
import { arrayOfValues } from './postgres-arrays.ts'
import { arrayOf } from './postgres-dialect.ts'
import { FROZEN } from './postgres-pool.ts'
import type { Answer, Statement } from './postgres-transaction.ts'
import type { Column, Table, Tables } from './tables.ts'

/** What a batch writes, as statements for one flight: one for each table, its rows as arrays of their columns. */
export interface PostgresBulk {
  write(changes: Changes): Statement[]
  /** Of any entity; rows that are there already are left out. */
  insertNew(entity: EntityName, rows: readonly object[]): Statement[]
  /** The last statements of a transaction; `read` makes what they answer into what the log got, with its numbers. `takePlace` hears when the append lock is held. */
  tail(
    tail: Tail,
    takePlace: (place: number) => void,
  ): { readonly statements: readonly Statement[]; read(answers: readonly Answer[]): Committed }
}

export interface PostgresBulkOptions {
  /** Leaves the append lock out: only for the test that proves what it is good for. */
  readonly withoutAppendLock?: boolean
}

type Row = Readonly<Record<string, unknown>>

export function createPostgresBulk(tables: Tables, { withoutAppendLock = false }: PostgresBulkOptions = {}): PostgresBulk {
  const appendLock = appendLockOn(tables)
  const insertFlows = insert(tables(Flow))
  const insertRuns = insert(tables(FlowRun))
  const insertStates = insert(tables(FlowRunState))
  const updateRuns = update(tables(FlowRun), 'states', stateProperties)
  const editRuns = update(tables(FlowRun), 'edits', editableRunProperties)
  const editFlows = update(tables(Flow), 'edits', editableFlowProperties)
  const deleteLines = remove(tables(LogLineEntity), 'seq')
  const deleteEvents = remove(tables(EventEntity), 'seq')
  const addRollups = addUp(tables(FlowRunRollup))
  const addTaskRollups = addUp(tables(TaskRunRollup))
  const deleteRuns = remove(tables(FlowRun), 'id')
  const deleteFlows = remove(tables(Flow), 'id')
  const insertTaskRuns = insert(tables(TaskRun))
  const updateTaskRuns = update(tables(TaskRun), 'whole', taskRunProperties(tables(TaskRun).columns))
  const deleteTaskRuns = remove(tables(TaskRun), 'id')
  const deleteArtifactsOfTasks = remove(tables(Artifact), 'taskRunId')
  const insertTaskRunStates = insert(tables(TaskRunState), { ending: ' on conflict ("id") do nothing' })
  const insertCachedResults = insert(tables(CachedResultEntity))
  const workers = tables(TaskWorker)
  const seeWorkers = insert(workers, { ending: onSeen(workers) })
  const deleteWorkers = remove(workers, 'id')
  const insertAudits = insert(tables(AuditEntryEntity))
  const insertLogs = insert(tables(LogLineEntity), { without: 'seq', ending: ' returning "seq", "id"' })
  const insertEvents = insert(tables(EventEntity), {
    without: 'seq',
    ending: ' on conflict ("workspace_id", "id") do nothing returning "seq", "id", "workspace_id"',
  })

  const insertsOfNew = new Map<EntityName, ReturnType<typeof insert>>()

  return {
    insertNew(entity, rows) {
      const known = insertsOfNew.get(entity) ?? insert(tables(entity), { name: 'insert new', ending: ' on conflict do nothing' })
      insertsOfNew.set(entity, known)
      return known(rows)
    },
    // Rows that another server may be inserting too go in one order everywhere: else two batches wait for each other.
    write: changes => [
      ...deleteLines(changes.deletedLines),
      ...deleteEvents(changes.deletedEvents),
      ...deleteRuns([...changes.deletedFlowRuns]),
      ...deleteFlows([...changes.deletedFlows]),
      ...deleteTaskRuns([...changes.deletedTaskRuns]),
      ...deleteArtifactsOfTasks([...changes.deletedTaskRuns]),
      ...insertFlows([...changes.newFlows.values()].sort(by(flow => `${flow.workspaceId} ${flow.name}`))),
      ...insertRuns([...changes.newFlowRuns.values()].sort(by(run => `${run.flowId} ${run.idempotencyKey ?? ''}`))),
      ...editFlows([...changes.editedFlows.values()]),
      ...updateRuns([...changes.changedFlowRuns.values()]),
      ...editRuns([...changes.editedFlowRuns.values()]),
      ...insertStates(changes.newStates),
      ...insertTaskRuns([...changes.newTaskRuns.values()].sort(by(run => `${run.flowRunId} ${run.taskKey} ${run.dynamicKey} ${run.id}`))),
      ...updateTaskRuns([...changes.changedTaskRuns.values()]),
      ...insertTaskRunStates(changes.newTaskRunStates),
      ...insertCachedResults(changes.newCachedResults),
      ...seeWorkers([...changes.seenTaskWorkers.values()].sort(by(worker => worker.id))),
      ...deleteWorkers([...changes.goneTaskWorkers]),
      ...changes.goneSince.map(moment => deleteSeenBefore(workers, moment)),
    ],
    tail({ rollups, taskRollups, audits, logs, events }, takePlace) {
      const lock = { ...appendLock, onAnswer: ({ rows }: Answer) => takePlace(Number(rows[0]!['place'])) }
      const rollupsIn = [...addRollups(foldRollups(rollups)), ...addTaskRollups(foldTaskRollups(taskRollups))]
      const logsIn = insertLogs(logs)
      const eventsIn = insertEvents(events.map(event => ({ ...event, resourceId: resourceIdOf(event) })))
      const statements = [
        ...(rollupsIn.length + logsIn.length + eventsIn.length > 0 && !withoutAppendLock ? [lock] : []),
        ...rollupsIn,
        ...insertAudits(audits),
        ...logsIn,
        ...eventsIn,
      ]
      const rowsOf = (answers: readonly Answer[], [statement]: readonly Statement[]) =>
        statement ? answers[statements.indexOf(statement)]!.rows : []
      return {
        statements,
        read: answers => ({ logs: numberedLogs(logs, rowsOf(answers, logsIn)), events: numberedEvents(events, rowsOf(answers, eventsIn)) }),
      }
    },
  }
}

const drawn = (table: string): string => `coalesce(pg_sequence_last_value(pg_get_serial_sequence('${table}', 'seq')::regclass), 0)`

/**
 * A statement of its own: one that locks and appends at once may draw its numbers before it has the lock.
 * How many numbers have been drawn by then is the transaction's place in the order of commits.
 */
export const appendLockOn = (tables: Tables): Statement => ({
  name: 'append-lock',
  text: `select pg_advisory_xact_lock(${advisoryLocks.class}, ${advisoryLocks.append}), ${drawn(tables(EventEntity).name)} + ${drawn(tables(LogLineEntity).name)} as place, ${patience}`,
})

/**
 * Counted from the lock on. Who stops half way through sending a large statement is idle neither in its transaction nor in a statement: of all timeouts
 * only this one ends it. Postgres knows it since 17; before, such a server holds the lock until its connection breaks.
 */
const patience = `case when current_setting('server_version_num')::int >= 170000 then set_config('transaction_timeout', '${FROZEN}', true) end as patience`

function numberedLogs(logs: readonly LogLine[], rows: readonly Row[]): (LogLine & LogEntry)[] {
  const numbers = new Map(rows.map(({ id, seq }) => [id, Number(seq)]))
  return logs.map(line => ({ ...line, seq: numbers.get(line.id)! }))
}

/** An event that was stored before answers no number and is left out; of two with one id in a batch the first is the one. */
function numberedEvents(events: Tail['events'], rows: readonly Row[]): LogEvent[] {
  const numbers = new Map(rows.map(({ workspace_id, id, seq }) => [`${workspace_id} ${id}`, Number(seq)]))
  return events.flatMap(event => {
    const key = `${event.workspaceId} ${event.id}`.toLowerCase()
    const seq = numbers.get(key)
    numbers.delete(key)
    return seq === undefined ? [] : [{ ...event, seq }]
  })
}

/** `ordinality` keeps the rows in their order, which for a log is the order of its numbers. */
function insert(table: Table, { name = 'insert', without, ending = '' }: { name?: string; without?: string; ending?: string } = {}) {
  const columns = table.columns.filter(({ property }) => property !== without)
  const text =
    `insert into ${table.name} (${names(columns)}) select ${names(columns)} from unnest(${placeholders(columns)}) ` +
    `with ordinality as added(${names(columns)}, ordinality) order by ordinality${ending}`
  return bulkStatement(`${name} ${table.name}`, text, columns)
}

function update(table: Table, what: string, changes: ReadonlySet<string>) {
  const id = table.column('id')
  const changing = table.columns.filter(({ property }) => changes.has(property))
  const columns = [id, ...changing]
  const text =
    `update ${table.name} as stored set ${changing.map(({ name }) => `${name} = changed.${name}`).join(', ')} ` +
    `from unnest(${placeholders(columns)}) as changed(${names(columns)}) where stored.${id.name} = changed.${id.name}`
  return bulkStatement(`update ${table.name} ${what}`, text, columns)
}

/**
 * Adds to counters, which nobody else does meanwhile: the append lock is held. One that comes to 0 goes, told apart by what it was before the statement,
 * so that no row is both deleted and changed by it.
 */
function addUp(table: Table) {
  const { name: count } = table.column('count')
  const keys = table.columns.filter(({ property }) => property !== 'count')
  const isSame = (a: string, b: string) => keys.map(({ name }) => `${a}.${name} = ${b}.${name}`).join(' and ')
  const text =
    `with added as (select * from unnest(${placeholders(table.columns)}) as added(${names(table.columns)})), ` +
    `emptied as (delete from ${table.name} as stored using added where added.${count} < 0 and ${isSame('stored', 'added')} and stored.${count} + added.${count} = 0 ` +
    `returning ${keys.map(({ name }) => `stored.${name}`).join(', ')}) ` +
    `insert into ${table.name} as stored (${names(table.columns)}) select ${names(table.columns)} from added ` +
    `where not exists (select 1 from emptied where ${isSame('emptied', 'added')}) ` +
    `on conflict (${names(keys)}) do update set ${count} = stored.${count} + excluded.${count}`
  return bulkStatement(`add ${table.name}`, text, table.columns)
}

function remove(table: Table, property: string) {
  const column = table.column(property)
  const text = `delete from ${table.name} where ${column.name} = any($1::${arrayOf(column)})`
  return (keys: readonly unknown[]): Statement[] => (keys.length === 0 ? [] : [{ name: `delete ${table.name}`, text, values: [keys] }])
}

/** Those that somebody sees meanwhile are left. */
const deleteSeenBefore = (worker: Table, moment: Instant): Statement => ({
  name: `delete ${worker.name} long gone`,
  text: `delete from ${worker.name} where "id" in (select "id" from ${worker.name} where ${worker.column('lastSeenAt').name} < $1 for update skip locked)`,
  values: [toIso(moment)],
})

const bulkStatement =
  (name: string, text: string, columns: readonly Column[]) =>
  (rows: readonly object[]): Statement[] =>
    rows.length === 0 ? [] : [{ name, text, values: columns.map(column => arrayOfValues(column, rows)) }]

const names = (columns: readonly Column[]): string => columns.map(({ name }) => name).join(', ')

const placeholders = (columns: readonly Column[]): string => columns.map((column, index) => `$${index + 1}::${arrayOf(column)}`).join(', ')

const by =
  <T>(keyOf: (value: T) => string) =>
  (a: T, b: T): number =>
    keyOf(a) < keyOf(b) ? -1 : 1
