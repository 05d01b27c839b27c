import type { EntityName } from '@mikro-orm/core'
import type Database from 'better-sqlite3'
import { Artifact } from '../core/artifacts/index.ts'
import { AuditEntryEntity } from '../core/audit/index.ts'
import { EventEntity } from '../core/events/index.ts'
import { FlowRun, FlowRunState } from '../core/flow-runs/index.ts'
import { Flow } from '../core/flows/index.ts'
import { LogLineEntity } from '../core/logs/index.ts'
import {
  atOnce,
  type Changes,
  type Contents,
  type DeletedRun,
  type DeletedTaskRun,
  type Expired,
  type Expiry,
  expiredAtOnce,
  type Facts,
  type FlowRecord,
  type FlowRunFacts,
  type FlowRunRecord,
  type Reads,
} from '../core/orchestration/index.ts'
import { FlowRunRollup, foldRollups, foldTaskRollups, TaskRunRollup } from '../core/rollups/index.ts'
import type { StateRecord } from '../core/states/index.ts'
import { CachedResultEntity, TaskRun, TaskRunState } from '../core/task-runs/index.ts'
import { TaskWorker } from '../core/task-workers/index.ts'
import { type LogEvent, resourceIdOf } from '../kernel/event-log.ts'
import type { Committed, LogEntry, LogLine, RollupDelta, Tail, TaskRollupDelta } from '../kernel/storage.ts'
import {
  deletedRunProperties,
  deletedTaskProperties,
  editableFlowProperties,
  editableRunProperties,
  noneExpired,
  onSeen,
  stateProperties,
  taskRunProperties,
} from './bulk.ts'
import { decodeRow } from './query-sql.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { expiredFinder } from './sqlite-expired.ts'
import { taskFactsLoader } from './sqlite-task-facts.ts'
import type { Column, Table, Tables } from './tables.ts'

/** The bulk port on one better-sqlite3 handle: prepared statements, row by row, since a call costs microseconds and a statement text is prepared once. */
export interface SqliteBulk {
  load(reads: Reads): Facts
  write(changes: Changes): void
  /** Of any entity; rows that are there already are left out. */
  insertNew(entity: EntityName, rows: readonly object[]): void
  /** The last statements of a transaction; answers what the log got, with its numbers. */
  writeTail(tail: Tail): Committed
}

export function createSqliteBulk(database: Database.Database, tables: Tables): SqliteBulk {
  const flows = tables(Flow)
  const runs = tables(FlowRun)
  const states = tables(FlowRunState)
  const lines = tables(LogLineEntity)
  const taskRuns = tables(TaskRun)
  const find = <Row>(table: Table, ...properties: string[]) => {
    const where = properties.map(property => `${table.column(property).name} = ?`).join(' and ')
    const statement = database.prepare(`select ${names(table.columns)} from ${table.name} where ${where}`)
    return (...values: unknown[]): Row | undefined => {
      const row = statement.get(...values) as Record<string, unknown> | undefined
      return row && (decodeRow(sqliteDialect, table.columns, row) as Row)
    }
  }

  const flowById = find<FlowRecord>(flows, 'id')
  const flowByName = find<FlowRecord>(flows, 'workspaceId', 'name')
  const runById = find<FlowRunRecord>(runs, 'id')
  const runByKey = find<FlowRunRecord>(runs, 'flowId', 'idempotencyKey')
  const stateById = find<StateRecord>(states, 'id')

  const loadTaskFacts = taskFactsLoader(database, tables)
  const insertTaskRun = insert(database, taskRuns)
  const updateTaskRun = update(database, taskRuns, taskRunProperties(taskRuns.columns))
  const deleteTaskRun = remove(database, taskRuns, 'id')
  const deleteArtifactsOfTask = remove(database, tables(Artifact), 'taskRunId')
  const insertTaskRunState = insert(database, tables(TaskRunState), { onConflict: ' on conflict ("id") do nothing' })
  const insertCachedResult = insert(database, tables(CachedResultEntity))

  const workers = tables(TaskWorker)
  const seeWorker = insert(database, workers, { onConflict: onSeen(workers) })
  const deleteWorker = remove(database, workers, 'id')
  const deleteWorkersBefore = database.prepare(`delete from ${workers.name} where ${workers.column('lastSeenAt').name} < ?`)

  const insertFlow = insert(database, flows)
  const insertRun = insert(database, runs)
  const insertState = insert(database, states)
  const updateRun = update(database, runs, stateProperties)
  const editRun = update(database, runs, editableRunProperties)
  const editFlow = update(database, flows, editableFlowProperties)
  const deleteFlow = remove(database, flows, 'id')
  const deleteRun = remove(database, runs, 'id')
  const deleteLine = remove(database, lines, 'seq')
  const deleteEvent = remove(database, tables(EventEntity), 'seq')
  const addRollup = addUp(database, tables(FlowRunRollup))
  const addTaskRollup = addUp(database, tables(TaskRunRollup))
  const runsOf = runsOfFlow(database, runs)
  const linesOf = list<number>(database, lines, 'flowRunId', 'seq', atOnce.lines)
  const tasksOf = tasksOfRun(database, taskRuns)
  const insertAudit = insert(database, tables(AuditEntryEntity))
  const insertLog = insert(database, lines, { without: 'seq' })
  const insertEvent = insert(database, tables(EventEntity), { without: 'seq', onConflict: ' on conflict do nothing' })

  const insertsOfNew = new Map<EntityName, ReturnType<typeof insert>>()
  const insertNew = (entity: EntityName) => {
    const known = insertsOfNew.get(entity) ?? insert(database, tables(entity), { onConflict: ' on conflict do nothing' })
    insertsOfNew.set(entity, known)
    return known
  }

  const factsOf = (run: FlowRunRecord): FlowRunFacts => ({
    run,
    state: run.stateId === null ? null : (stateById(run.stateId) ?? null),
    flowName: flowById(run.flowId)!.name,
  })

  const findExpired = expiredFinder(database, tables)
  const expiredOf = ([expiry]: readonly Expiry[]): Expired => {
    if (!expiry) return noneExpired
    const found = findExpired(expiry)
    return {
      ...found,
      linesOfRuns: upTo(expiredAtOnce.lines, found.runs, run => linesOf(run.id)),
      tasksOfRuns: upTo(expiredAtOnce.taskRuns, found.runs, run => tasksOf(run.id)),
    }
  }

  return {
    load(reads) {
      const found = [
        ...(reads.flowRuns ?? []).map(id => runById(id)),
        ...(reads.idempotencyKeys ?? []).map(({ flowId, key }) => runByKey(flowId, key)),
      ].filter(run => run !== undefined)
      return {
        ...loadTaskFacts(reads, found),
        flows: [
          ...(reads.flows ?? []).map(id => flowById(id)),
          ...(reads.flowNames ?? []).map(({ workspaceId, name }) => flowByName(workspaceId, name)),
        ].filter(flow => flow !== undefined),
        flowRuns: found.map(factsOf),
        contents: new Map<string, Contents>([
          ...(reads.linesOfRuns ?? []).map(id => [id, { runs: [], lines: linesOf(id), taskRuns: tasksOf(id) }] as const),
          ...(reads.contentsOfFlows ?? []).map(id => {
            const runs = runsOf(id)
            const lines = upTo(atOnce.lines, runs, run => linesOf(run.id))
            return [id, { runs, lines, taskRuns: upTo(atOnce.taskRuns, runs, run => tasksOf(run.id)) }] as const
          }),
        ]),
        expired: expiredOf(reads.expired ?? []),
        held: new Set(),
      }
    },
    write(changes) {
      for (const line of changes.deletedLines) deleteLine(line)
      for (const event of changes.deletedEvents) deleteEvent(event)
      for (const id of changes.deletedFlowRuns) deleteRun(id)
      for (const id of changes.deletedFlows) deleteFlow(id)
      for (const id of changes.deletedTaskRuns) {
        deleteTaskRun(id)
        deleteArtifactsOfTask(id)
      }
      for (const flow of changes.newFlows.values()) insertFlow(flow)
      for (const flow of changes.editedFlows.values()) editFlow(flow)
      for (const run of changes.newFlowRuns.values()) insertRun(run)
      for (const run of changes.changedFlowRuns.values()) updateRun(run)
      for (const run of changes.editedFlowRuns.values()) editRun(run)
      for (const state of changes.newStates) insertState(state)
      for (const run of changes.newTaskRuns.values()) insertTaskRun(run)
      for (const run of changes.changedTaskRuns.values()) updateTaskRun(run)
      for (const state of changes.newTaskRunStates) insertTaskRunState(state)
      for (const result of changes.newCachedResults) insertCachedResult(result)
      for (const worker of changes.seenTaskWorkers.values()) seeWorker(worker)
      for (const id of changes.goneTaskWorkers) deleteWorker(id)
      for (const moment of changes.goneSince) deleteWorkersBefore.run(moment)
    },
    insertNew(entity, rows) {
      for (const row of rows) insertNew(entity)(row)
    },
    writeTail(tail) {
      for (const delta of foldRollups(tail.rollups)) addRollup(delta)
      for (const delta of foldTaskRollups(tail.taskRollups)) addTaskRollup(delta)
      for (const audit of tail.audits) insertAudit(audit)
      const logs: (LogLine & LogEntry)[] = tail.logs.map(line => ({ ...line, seq: Number(insertLog(line).lastInsertRowid) }))
      const events: LogEvent[] = tail.events.flatMap(event => {
        const { changes, lastInsertRowid } = insertEvent({ ...event, resourceId: resourceIdOf(event) })
        return changes === 1 ? [{ ...event, seq: Number(lastInsertRowid) }] : []
      })
      return { events, logs }
    },
  }
}

const names = (columns: readonly Column[]): string => columns.map(({ name }) => name).join(', ')

type Row = object

function insert(database: Database.Database, table: Table, { without, onConflict = '' }: { without?: string; onConflict?: string } = {}) {
  const columns = table.columns.filter(({ property }) => property !== without)
  const statement = database.prepare(
    `insert into ${table.name} (${names(columns)}) values (${columns.map(() => '?').join(', ')})${onConflict}`,
  )
  const bind = binder(columns)
  return (row: Row): Database.RunResult => statement.run(bind(row))
}

function update(database: Database.Database, table: Table, changing: ReadonlySet<string>) {
  const columns = table.columns.filter(({ property }) => changing.has(property))
  const statement = database.prepare(
    `update ${table.name} set ${columns.map(({ name }) => `${name} = ?`).join(', ')} where ${table.column('id').name} = ?`,
  )
  const bind = binder([...columns, table.column('id')])
  return (row: Row & { readonly id: string }): Database.RunResult => statement.run(bind(row))
}

function remove(database: Database.Database, table: Table, property: string) {
  const statement = database.prepare(`delete from ${table.name} where ${table.column(property).name} = ?`)
  return (value: unknown): Database.RunResult => statement.run(value)
}

/** Some property of the first rows that belong to something. */
function list<Value>(database: Database.Database, table: Table, owner: string, property: string, limit: number) {
  const { name } = table.column(property)
  const statement = database
    .prepare(`select ${name} from ${table.name} where ${table.column(owner).name} = ? order by ${name} limit ${limit}`)
    .pluck()
  return (id: string): Value[] => statement.all(id) as Value[]
}

function tasksOfRun(database: Database.Database, table: Table) {
  const columns = table.columns.filter(({ property }) => deletedTaskProperties.has(property))
  const statement = database.prepare(
    `select ${names(columns)} from ${table.name} where "flow_run_id" = ? order by "id" limit ${atOnce.taskRuns}`,
  )
  return (id: string) =>
    (statement.all(id) as Record<string, unknown>[]).map(row => decodeRow(sqliteDialect, columns, row) as unknown as DeletedTaskRun)
}

function runsOfFlow(database: Database.Database, table: Table) {
  const columns = table.columns.filter(({ property }) => deletedRunProperties.has(property))
  const statement = database.prepare(
    `select ${names(columns)} from ${table.name} where ${table.column('flowId').name} = ? order by ${table.column('id').name} limit ${atOnce.runs}`,
  )
  return (id: string) =>
    (statement.all(id) as Record<string, unknown>[]).map(row => decodeRow(sqliteDialect, columns, row) as unknown as DeletedRun)
}

/** Adds to a counter; one that comes to 0 goes. */
function addUp(database: Database.Database, table: Table) {
  const { name: count } = table.column('count')
  const keys = table.columns.filter(({ property }) => property !== 'count')
  const upsert = database.prepare(
    `insert into ${table.name} (${names(table.columns)}) values (${table.columns.map(() => '?').join(', ')}) ` +
      `on conflict (${names(keys)}) do update set ${count} = ${count} + excluded.${count}`,
  )
  const removeEmpty = database.prepare(
    `delete from ${table.name} where ${keys.map(({ name }) => `${name} = ?`).join(' and ')} and ${count} = 0`,
  )
  const bind = binder(table.columns)
  const bindKeys = binder(keys)
  return (delta: RollupDelta | TaskRollupDelta): void => {
    upsert.run(bind(delta))
    if (delta.count < 0) removeEmpty.run(bindKeys(delta))
  }
}

function upTo<Owner, Value>(limit: number, owners: readonly Owner[], valuesOf: (owner: Owner) => readonly Value[]): Value[] {
  const found: Value[] = []
  for (const owner of owners) {
    if (found.length >= limit) break
    found.push(...valuesOf(owner))
  }
  return found.slice(0, limit)
}

/** What a statement is run with. One list serves all its rows, since the driver has read it when it answers. */
function binder(columns: readonly Column[]) {
  const bound: unknown[] = Array.from(columns, () => null)
  return (row: Row): unknown[] => {
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index]!
      bound[index] = sqliteDialect.encode(column, (row as Record<string, unknown>)[column.property])
    }
    return bound
  }
}
