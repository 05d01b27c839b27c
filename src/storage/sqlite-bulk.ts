import type Database from 'better-sqlite3'
import { AuditEntryEntity } from '../core/audit/index.ts'
import { EventEntity } from '../core/events/index.ts'
import { FlowRun, FlowRunState } from '../core/flow-runs/index.ts'
import { Flow } from '../core/flows/index.ts'
import { LogLineEntity } from '../core/logs/index.ts'
import type { Changes, Facts, FlowRecord, FlowRunFacts, FlowRunRecord, Reads } from '../core/orchestration/index.ts'
import type { StateRecord } from '../core/states/index.ts'
import { type LogEvent, resourceIdOf } from '../kernel/event-log.ts'
import type { Committed, LogEntry, LogLine, Tail } from '../kernel/storage.ts'
import { fixedRunProperties } from './bulk.ts'
import { decodeRow } from './query-sql.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { Column, Table, Tables } from './tables.ts'

/** The bulk port on one better-sqlite3 handle: prepared statements, row by row, since a call costs microseconds and a statement text is prepared once. */
export interface SqliteBulk {
  load(reads: Reads): Facts
  write(changes: Changes): void
  /** The last statements of a transaction; answers what the log got, with its numbers. */
  writeTail(tail: Tail): Committed
}

export function createSqliteBulk(database: Database.Database, tables: Tables): SqliteBulk {
  const flows = tables(Flow)
  const runs = tables(FlowRun)
  const states = tables(FlowRunState)
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

  const insertFlow = insert(database, flows)
  const insertRun = insert(database, runs)
  const insertState = insert(database, states)
  const updateRun = update(database, runs, fixedRunProperties)
  const insertAudit = insert(database, tables(AuditEntryEntity))
  const insertLog = insert(database, tables(LogLineEntity), { without: 'seq' })
  const insertEvent = insert(database, tables(EventEntity), { without: 'seq', onConflict: ' on conflict do nothing' })

  const factsOf = (run: FlowRunRecord): FlowRunFacts => ({
    run,
    state: run.stateId === null ? null : (stateById(run.stateId) ?? null),
    flowName: flowById(run.flowId)!.name,
  })

  return {
    load(reads) {
      const found = [
        ...(reads.flowRuns ?? []).map(id => runById(id)),
        ...(reads.idempotencyKeys ?? []).map(({ flowId, key }) => runByKey(flowId, key)),
      ]
      return {
        flows: [
          ...(reads.flows ?? []).map(id => flowById(id)),
          ...(reads.flowNames ?? []).map(({ workspaceId, name }) => flowByName(workspaceId, name)),
        ].filter(flow => flow !== undefined),
        flowRuns: found.filter(run => run !== undefined).map(factsOf),
        held: new Set(),
      }
    },
    write(changes) {
      for (const flow of changes.newFlows) insertFlow(flow)
      for (const run of changes.newFlowRuns.values()) insertRun(run)
      for (const run of changes.changedFlowRuns.values()) updateRun(run)
      for (const state of changes.newStates) insertState(state)
    },
    writeTail(tail) {
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
  return (row: Row): Database.RunResult => statement.run(values(columns, row))
}

function update(database: Database.Database, table: Table, fixed: ReadonlySet<string>) {
  const columns = table.columns.filter(({ property }) => !fixed.has(property))
  const statement = database.prepare(
    `update ${table.name} set ${columns.map(({ name }) => `${name} = ?`).join(', ')} where ${table.column('id').name} = ?`,
  )
  return (row: Row & { readonly id: string }): Database.RunResult => statement.run([...values(columns, row), row.id])
}

const values = (columns: readonly Column[], row: Row): unknown[] =>
  columns.map(column => sqliteDialect.encode(column, (row as Record<string, unknown>)[column.property]))
