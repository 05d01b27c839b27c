import { FlowRun, FlowRunState } from '../core/flow-runs/index.ts'
import {
  type CachedResult,
  cachedAtOnce,
  cacheKeyOf,
  type EnclosingRun,
  type Facts,
  type FlowRunFacts,
  type Reads,
  type TaskRunFacts,
  type TaskRunRecord,
} from '../core/orchestration/index.ts'
import type { TaskRunStateRecord } from '../core/states/index.ts'
import { CachedResultEntity, TaskRun, TaskRunState } from '../core/task-runs/index.ts'
import { enclosingColumns, offersAsked, offersOfTaskSql } from './bulk.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { prefixed, query, type Row, reader } from './postgres-rows.ts'
import type { Session, Statement } from './postgres-transaction.ts'
import { decodeRow } from './query-sql.ts'
import type { Tables } from './tables.ts'

type TaskFacts = Pick<Facts, 'taskRuns' | 'enclosingRuns' | 'cachedResults'>
type Answers = readonly { readonly rows: readonly Row[] }[]

/**
 * The facts of a batch that task runs are about. Task runs are locked in the order of their ids, behind the flow runs around them; their holders are
 * batches, which are short, so they are waited for. One that several batches are about to insert is left to its key to decide.
 */
export function taskFactsLoader(tables: Tables) {
  const runOf = reader<TaskRunRecord>(tables(TaskRun), 't_')
  const stateOf = reader<TaskRunStateRecord>(tables(TaskRunState), 'q_')
  const enclosing = enclosingColumns(tables(FlowRun), tables(FlowRunState))
  const text = taskTexts(tables)
  const factsOf = (runs: readonly Row[], states: readonly Row[]): TaskRunFacts[] => {
    const stateById = new Map(states.map(row => [row['q_id'], stateOf(row)]))
    return runs.map(row => ({ run: runOf(row), state: stateById.get(row['t_state_id']) ?? null }))
  }
  const enclosingOf = (row: Row): EnclosingRun => {
    const { details: stateDetails, ...run } = decodeRow(postgresDialect, [...enclosing.columns, enclosing.details], row)
    return { ...run, stateDetails } as unknown as EnclosingRun
  }

  return {
    queries(reads: Reads) {
      const { taskRuns = [], taskRunKeys = [], enclosingRuns = [], flowRunsOfTasks = [], cacheKeys = [], claimants = [] } = reads
      const offers = offersAsked(reads.offers ?? [])
      const count = taskRuns.length + taskRunKeys.length
      // A plan made while there were few task runs seeks a key among all of its flow run, by the other index that begins with that, and would be kept.
      const keys = [taskRuns, ...(['flowRunId', 'taskKey', 'dynamicKey'] as const).map(part => taskRunKeys.map(key => key[part]))]
      const queries = [
        query('enclosing-runs', text.enclosing, enclosingRuns.length + flowRunsOfTasks.length, [enclosingRuns, flowRunsOfTasks]),
        query(taskRunKeys.length === 0 ? 'task-runs' : null, text.runs, count, keys),
        query(taskRunKeys.length === 0 ? 'states-of-task-runs' : null, text.states, count, keys),
        query('claims', text.claims, claimants.length, [claimants.map(one => one.workspaceId), claimants.map(one => one.identifier)]),
        // Last: who skips what is locked waits for nobody, so that what it holds makes nobody wait in a circle.
        query('offers', text.offers, offers.length, [
          offers.map(one => one.workspaceId),
          offers.map(one => one.taskKey),
          offers.map(one => one.count),
        ]),
        query('cached-results', text.cached, cacheKeys.length, [cacheKeys.map(one => one.workspaceId), cacheKeys.map(one => one.key)]),
      ]
      return {
        statements: queries.filter((one): one is Statement => one !== null),
        read(answers: Answers): TaskFacts {
          const next = answers.values()
          const [around, runs, states, claims, offered, cached] = queries.map(one => (one === null ? [] : next.next().value!.rows)) as [
            Row[],
            Row[],
            Row[],
            Row[],
            Row[],
            Row[],
          ]
          const known = [...runs, ...claims, ...offered]
          return {
            taskRuns: factsOf(known, [...states, ...[...claims, ...offered].filter(row => row['q_id'] !== null)]),
            enclosingRuns: around.map(enclosingOf),
            cachedResults: cachedByKey(cached, stateOf),
          }
        },
      }
    },

    /** The task runs that stand for subflows in their parents. Subflows whose task run somebody holds go alone. */
    async parentsOf(session: Pick<Session, 'fly'>, flowRuns: readonly FlowRunFacts[], loaded: readonly TaskRunFacts[], wait: boolean) {
      const known = new Set(loaded.map(({ run }) => run.id))
      const ids = [...new Set(flowRuns.flatMap(({ run: { parentTaskRunId: id } }) => (id === null || known.has(id) ? [] : [id])))]
      if (ids.length === 0) return { taskRuns: [], held: [] }
      const [locked, states, there] = await session.fly([
        wait
          ? { name: 'parents-waiting', text: text.parents(''), values: [ids] }
          : { name: 'parents-skipping', text: text.parents(' skip locked'), values: [ids] },
        { name: 'states-of-parents', text: text.statesOfParents, values: [ids] },
        { name: 'parents-there', text: text.parentsThere, values: [ids] },
      ])
      const taskRuns = factsOf(locked!.rows, states!.rows)
      const found = new Set(taskRuns.map(({ run }) => run.id))
      const missed = new Set(there!.rows.map(({ id }) => id as string).filter(id => !found.has(id)))
      const held = flowRuns.filter(({ run }) => run.parentTaskRunId !== null && missed.has(run.parentTaskRunId)).map(({ run }) => run.id)
      return { taskRuns, held: wait ? [] : held }
    },
  }
}

function cachedByKey(rows: readonly Row[], stateOf: (row: Row) => TaskRunStateRecord): TaskFacts['cachedResults'] {
  const found = rows.map(row => {
    const expiration = postgresDialect.decode({ kind: 'instant' } as never, row['expiration']) as number | null
    return { key: cacheKeyOf(row['q_workspace_id'] as string, row['cache_key'] as string), result: { expiration, state: stateOf(row) } }
  })
  return new Map<string, readonly CachedResult[]>(
    [...Map.groupBy(found, one => one.key)].map(([key, own]) => [key, own.map(one => one.result)]),
  )
}

function taskTexts(tables: Tables) {
  const [run, state, cached] = [tables(TaskRun), tables(TaskRunState), tables(CachedResultEntity)]
  const { columns, details, from } = enclosingColumns(tables(FlowRun), tables(FlowRunState))
  const asked = 'unnest($2::uuid[], $3::text[], $4::text[]) as asked("flow_run_id", "task_key", "dynamic_key")'
  const sameTask = 'k."task_key" = asked."task_key" and k."dynamic_key" = asked."dynamic_key"'
  const meant =
    'select unnest($1::uuid[]) ' +
    `union select k."id" from ${asked} join ${run.name} as k on k."flow_run_id" = asked."flow_run_id" and ${sameTask} ` +
    `union select k."id" from ${asked} join ${run.name} as k on k."flow_run_id" is null and ${sameTask} where asked."flow_run_id" is null`
  const states = (ids: string) =>
    `select ${prefixed(state, 'q_')} from ${run.name} as t join ${state.name} as q on q."id" = t."state_id" where t."id" ${ids}`
  const withStates = (runs: string) =>
    `select ${prefixed(run, 't_')}, ${prefixed(state, 'q_')} from ${runs} left join ${state.name} as q on q."id" = t."state_id"`
  // A claim that somebody holds is left for the next time: its lease is longer than that.
  const claimed = `select one.* from unnest($1::uuid[], $2::text[]) as asked("workspace_id", "claimed_by") join ${run.name} as one using ("workspace_id", "claimed_by") where one."claimed_by" is not null for no key update of one skip locked`
  const offered = `select * from ${run.name} where ${offersOfTaskSql(['asked."w"', 'asked."k"', 'asked."n"'])} for no key update skip locked`
  return {
    claims: withStates(`(${claimed}) as t`),
    offers: withStates(`unnest($1::uuid[], $2::text[], $3::int[]) as asked("w", "k", "n") cross join lateral (${offered}) as t`),
    enclosing: `select ${columns.map(({ name }) => `r.${name}`).join(', ')}, s.${details.name} ${from} where r."id" in (select unnest($1::uuid[]) union select "flow_run_id" from ${run.name} where "id" = any($2::uuid[])) order by r."id" for key share of r`,
    runs: `select ${prefixed(run, 't_')} from ${run.name} as t where t."id" in (${meant}) order by t."id" for no key update`,
    states: states(`in (${meant})`),
    cached:
      `select c."expiration", c."cache_key", ${prefixed(state, 'q_')} from unnest($1::uuid[], $2::text[]) as asked("workspace_id", "cache_key") ` +
      `cross join lateral (select * from ${cached.name} as one where one."workspace_id" = asked."workspace_id" and one."cache_key" = asked."cache_key" ` +
      `order by one."id" desc limit ${cachedAtOnce}) as c join ${state.name} as q on q."id" = c."task_run_state_id" order by c."id" desc`,
    parents: (ending: string) =>
      `select ${prefixed(run, 't_')} from ${run.name} as t where t."id" = any($1::uuid[]) order by t."id" for no key update${ending}`,
    statesOfParents: states('= any($1::uuid[])'),
    parentsThere: `select "id" from ${run.name} where "id" = any($1::uuid[])`,
  }
}
