import type Database from 'better-sqlite3'
import { FlowRun, FlowRunState } from '../core/flow-runs/index.ts'
import {
  type CachedResult,
  cachedAtOnce,
  cacheKeyOf,
  type EnclosingRun,
  type Facts,
  type FlowRunRecord,
  type Reads,
  type TaskRunFacts,
  type TaskRunRecord,
} from '../core/orchestration/index.ts'
import type { TaskRunStateRecord } from '../core/states/index.ts'
import { CachedResultEntity, TaskRun, TaskRunState } from '../core/task-runs/index.ts'
import { enclosingColumns, offersAsked, offersOfTaskSql } from './bulk.ts'
import { decodeRow } from './query-sql.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { Column, Table, Tables } from './tables.ts'

type TaskFacts = Pick<Facts, 'taskRuns' | 'enclosingRuns' | 'cachedResults'>

/** The facts of a batch that task runs are about. Those that stand for a flow run in its parent come with it. */
export function taskFactsLoader(database: Database.Database, tables: Tables) {
  const runs = tables(TaskRun)
  const states = tables(TaskRunState)
  const runById = finder<TaskRunRecord>(database, runs, '"id" = ?')
  const runByKey = finder<TaskRunRecord>(database, runs, '"flow_run_id" is ? and "task_key" = ? and "dynamic_key" = ?')
  const stateById = finder<TaskRunStateRecord>(database, states, '"id" = ?')
  const enclosingById = enclosingFinder(database, tables)
  const offersOfTask = lister<TaskRunRecord>(database, runs, offersOfTaskSql(['?', '?', '?']))
  const claimsOf = lister<TaskRunRecord>(database, runs, '"workspace_id" = ? and "claimed_by" = ?')
  const cachedByKey = cachedFinder(database, tables(CachedResultEntity), stateById)

  return (
    { taskRuns = [], taskRunKeys = [], enclosingRuns = [], flowRunsOfTasks = [], cacheKeys = [], offers = [], claimants = [] }: Reads,
    flowRuns: readonly FlowRunRecord[],
  ): TaskFacts => {
    const found = new Map<string, TaskRunFacts>()
    const keep = (run: TaskRunRecord | undefined) => {
      if (run && !found.has(run.id)) found.set(run.id, { run, state: run.stateId === null ? null : (stateById(run.stateId) ?? null) })
    }
    for (const id of taskRuns) keep(runById(id))
    for (const { flowRunId, taskKey, dynamicKey } of taskRunKeys) keep(runByKey(flowRunId, taskKey, dynamicKey))
    for (const { parentTaskRunId } of flowRuns) if (parentTaskRunId !== null) keep(runById(parentTaskRunId))
    for (const { workspaceId, taskKey, count } of offersAsked(offers)) offersOfTask(workspaceId, taskKey, count).forEach(keep)
    for (const { workspaceId, identifier } of claimants) claimsOf(workspaceId, identifier).forEach(keep)
    return {
      taskRuns: [...found.values()],
      enclosingRuns: [...new Set([...enclosingRuns, ...flowRunsOfTasks.map(id => found.get(id)?.run.flowRunId)])]
        .map(enclosingById)
        .filter(run => run !== undefined),
      cachedResults: new Map(cacheKeys.map(({ workspaceId, key }) => [cacheKeyOf(workspaceId, key), cachedByKey(workspaceId, key)])),
    }
  }
}

type Row = Record<string, unknown>

function finder<Found>(database: Database.Database, table: Table, where: string) {
  const statement = database.prepare(`select ${names(table.columns)} from ${table.name} where ${where}`)
  return (...values: unknown[]): Found | undefined => {
    const row = statement.get(...values) as Row | undefined
    return row && (decodeRow(sqliteDialect, table.columns, row) as Found)
  }
}

function lister<Found>(database: Database.Database, table: Table, where: string) {
  const statement = database.prepare(`select ${names(table.columns)} from ${table.name} where ${where}`)
  return (...values: unknown[]): Found[] =>
    (statement.all(...values) as Row[]).map(row => decodeRow(sqliteDialect, table.columns, row) as Found)
}

function enclosingFinder(database: Database.Database, tables: Tables) {
  const { columns, details, from } = enclosingColumns(tables(FlowRun), tables(FlowRunState))
  const statement = database.prepare(
    `select ${columns.map(({ name }) => `r.${name}`).join(', ')}, s.${details.name} ${from} where r."id" = ?`,
  )
  return (id: string | null | undefined): EnclosingRun | undefined => {
    const row = (id && statement.get(id)) as Row | undefined
    if (!row) return undefined
    const { details: stateDetails, ...run } = decodeRow(sqliteDialect, [...columns, details], row)
    return { ...run, stateDetails } as unknown as EnclosingRun
  }
}

function cachedFinder(database: Database.Database, table: Table, stateById: (id: string) => TaskRunStateRecord | undefined) {
  const statement = database.prepare(
    `select ${names(table.columns)} from ${table.name} where "workspace_id" = ? and "cache_key" = ? order by "id" desc limit ${cachedAtOnce}`,
  )
  return (workspaceId: string, key: string): CachedResult[] =>
    (statement.all(workspaceId, key) as Row[]).flatMap(row => {
      const { expiration, taskRunStateId } = decodeRow(sqliteDialect, table.columns, row)
      const state = stateById(taskRunStateId as string)
      return state ? [{ expiration: expiration as number | null, state }] : []
    })
}

const names = (columns: readonly Column[]): string => columns.map(({ name }) => name).join(', ')
