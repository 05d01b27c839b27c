import { FlowRun, FlowRunState } from '../core/flow-runs/index.ts'
import { Flow } from '../core/flows/index.ts'
import { LogLineEntity } from '../core/logs/index.ts'
import {
  atOnce,
  type Contents,
  type Facts,
  type FlowRecord,
  type FlowRunFacts,
  type FlowRunRecord,
  type Reads,
} from '../core/orchestration/index.ts'
import type { StateRecord } from '../core/states/index.ts'
import { postgresDialect } from './postgres-dialect.ts'
import type { Session, Statement } from './postgres-transaction.ts'
import type { Table, Tables } from './tables.ts'

type Row = Readonly<Record<string, unknown>>

/** Loads the facts of a batch: one query for each kind, all in one flight. With `wait`, rows that others hold are waited for. */
export type LoadFacts = (session: Pick<Session, 'fly'>, reads: Reads, wait: boolean) => Promise<Facts>

export function createFactsLoader(tables: Tables): LoadFacts {
  const text = factTexts(tables(Flow), tables(FlowRun), tables(FlowRunState))
  const flowOf = reader<FlowRecord>(tables(Flow), 'f_')
  const runOf = reader<FlowRunRecord>(tables(FlowRun), 'r_')
  const stateOf = reader<StateRecord>(tables(FlowRunState), 's_')

  const contentsOf = contentsLoader(tables(FlowRun), tables(LogLineEntity))

  return async (
    session,
    { flows = [], flowNames = [], flowRuns = [], idempotencyKeys = [], linesOfRuns = [], contentsOfFlows = [] },
    wait,
  ) => {
    const queries = [
      query('flows-by-id', text.flowsById, flows.length, [flows]),
      query('flows-by-name', text.flowsByName, flowNames.length, [flowNames.map(one => one.workspaceId), flowNames.map(one => one.name)]),
      query('runs-by-key', text.runsByKey, idempotencyKeys.length, [
        idempotencyKeys.map(one => one.flowId),
        idempotencyKeys.map(one => one.key),
      ]),
      wait
        ? query('runs-waiting', text.runsWaiting, flowRuns.length, [flowRuns])
        : query('runs-skipping', text.runsSkipping, flowRuns.length, [flowRuns]),
      query('states-of-runs', text.statesOfRuns, flowRuns.length, [flowRuns]),
    ]
    const answers = (await session.fly(queries.filter(one => one !== null))).values()
    const [byId, byName, byKey, locked, states] = queries.map(one => (one === null ? [] : answers.next().value!.rows)) as [
      Row[],
      Row[],
      Row[],
      Row[],
      Row[],
    ]

    const stateById = new Map(states.map(row => [row['s_id'], stateOf(row)]))
    const lockedRuns = locked.map(
      (row): FlowRunFacts => ({ run: runOf(row), state: stateById.get(row['r_state_id']) ?? null, flowName: row['flow_name'] as string }),
    )
    const keyedRuns = byKey.map(
      (row): FlowRunFacts => ({ run: runOf(row), state: row['s_id'] === null ? null : stateOf(row), flowName: row['flow_name'] as string }),
    )
    // Deleting a flow waits for whoever holds one of its runs, hence alone.
    const heldFlows = wait ? [] : contentsOfFlows
    const heldRuns = wait || lockedRuns.length === flowRuns.length ? [] : await heldOf(session, flowRuns, lockedRuns)
    return {
      flows: [...byId, ...byName].map(flowOf),
      // A run that is locked as well is taken as the lock found it: the later one wins.
      flowRuns: [...keyedRuns, ...lockedRuns],
      contents: await contentsOf(session, linesOfRuns, wait ? contentsOfFlows : []),
      held: new Set([...heldRuns, ...heldFlows]),
    }
  }
}

const query = (name: string, text: string, count: number, values: readonly unknown[]): Statement | null =>
  count === 0 ? null : { name, text, values }

/** Of the runs that did not come, those that exist. */
async function heldOf(session: Pick<Session, 'fly'>, asked: readonly string[], found: readonly FlowRunFacts[]): Promise<readonly string[]> {
  const known = new Set(found.map(({ run }) => run.id))
  const [answer] = await session.fly([
    { name: 'runs-held', text: 'select "id" from "flow_run" where "id" = any($1::uuid[])', values: [asked.filter(id => !known.has(id))] },
  ])
  return answer!.rows.map(({ id }) => id as string)
}

/** What hangs on runs and flows that are to go: the runs of a flow in the order in which everybody locks runs, and the places of log lines. */
function contentsLoader(run: Table, line: Table) {
  const lines = (owners: string) =>
    `select array(select "seq" from ${line.name} where "flow_run_id" ${owners} order by "seq" limit ${atOnce.lines}) as "lines"`
  const text = {
    lines: lines('= $1'),
    linesOfAny: lines('= any($1::uuid[])'),
    runs: `select "id" from ${run.name} where "flow_id" = $1 order by "id" limit ${atOnce.runs} for update`,
  }
  return async (session: Pick<Session, 'fly'>, runs: readonly string[], flows: readonly string[]): Promise<Map<string, Contents>> => {
    const contents = new Map<string, Contents>()
    const linesIn = (answer: { readonly rows: readonly Row[] }) => (answer.rows[0]!['lines'] as unknown[]).map(Number)
    if (runs.length > 0) {
      const answers = await session.fly(runs.map(id => ({ name: 'lines-of-run', text: text.lines, values: [id] })))
      for (const [index, id] of runs.entries()) contents.set(id, { runs: [], lines: linesIn(answers[index]!) })
    }
    for (const id of flows) {
      const [found] = await session.fly([{ name: 'runs-of-flow', text: text.runs, values: [id] }])
      const own = found!.rows.map(row => row['id'] as string)
      const [answer] = await session.fly([{ name: 'lines-of-runs', text: text.linesOfAny, values: [own] }])
      contents.set(id, { runs: own, lines: linesIn(answer!) })
    }
    return contents
  }
}

/**
 * The states of locked runs are a query behind the lock, whose snapshot is newer than the lock: joined to the locking query they would be as old as
 * its beginning. What is not locked is read in one statement for the opposite reason. A lock that lets others refer to the run meanwhile is enough.
 */
function factTexts(flow: Table, run: Table, state: Table) {
  const runColumns = `${prefixed(run, 'r_')}, f."name" as "flow_name"`
  const runs = (ending: string) =>
    `select ${runColumns} from ${run.name} as r join ${flow.name} as f on f."id" = r."flow_id" where r."id" = any($1::uuid[]) order by r."id" for no key update of r${ending}`
  return {
    flowsById: `select ${prefixed(flow, 'f_')} from ${flow.name} as f where f."id" = any($1::uuid[])`,
    flowsByName: `select ${prefixed(flow, 'f_')} from unnest($1::uuid[], $2::text[]) as asked("workspace_id", "name") join ${flow.name} as f using ("workspace_id", "name")`,
    runsByKey:
      `select ${runColumns}, ${prefixed(state, 's_')} from unnest($1::uuid[], $2::text[]) as asked("flow_id", "idempotency_key") ` +
      `join ${run.name} as r using ("flow_id", "idempotency_key") join ${flow.name} as f on f."id" = r."flow_id" left join ${state.name} as s on s."id" = r."state_id"`,
    runsSkipping: runs(' skip locked'),
    runsWaiting: runs(''),
    statesOfRuns: `select ${prefixed(state, 's_')} from ${run.name} as r join ${state.name} as s on s."id" = r."state_id" where r."id" = any($1::uuid[])`,
  }
}

/** Columns under names that tell the tables of a join apart: `r_id`, `s_id`. The alias of a table is its prefix. */
const prefixed = (table: Table, prefix: string): string =>
  table.columns.map(({ name }) => `${prefix.slice(0, -1)}.${name} as "${prefix}${name.slice(1, -1)}"`).join(', ')

function reader<Record_>(table: Table, prefix: string): (row: Row) => Record_ {
  const columns = table.columns.map(column => ({ column, key: prefix + column.name.slice(1, -1) }))
  return row => {
    const record: Record<string, unknown> = {}
    for (const { column, key } of columns) record[column.property] = postgresDialect.decode(column, row[key])
    return record as Record_
  }
}
