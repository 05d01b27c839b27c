import { EventEntity } from '../core/events/index.ts'
import { FlowRun, FlowRunState } from '../core/flow-runs/index.ts'
import { Flow } from '../core/flows/index.ts'
import { Follower } from '../core/followers/index.ts'
import { LogLineEntity } from '../core/logs/index.ts'
import {
  atOnce,
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
import { type StateRecord, terminalTypes } from '../core/states/index.ts'
import { TaskRun } from '../core/task-runs/index.ts'
import { Workspace } from '../core/workspaces/index.ts'
import { toIso } from '../kernel/clock.ts'
import { deletedRunProperties, deletedTaskProperties, noneExpired } from './bulk.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { prefixed, query, type Row, reader } from './postgres-rows.ts'
import { taskFactsLoader } from './postgres-task-facts.ts'
import type { Session } from './postgres-transaction.ts'
import { decodeRow } from './query-sql.ts'
import type { Table, Tables } from './tables.ts'

/** Loads the facts of a batch: one query for each kind, all in one flight. With `wait`, rows that others hold are waited for. */
export type LoadFacts = (session: Pick<Session, 'fly'>, reads: Reads, wait: boolean) => Promise<Facts>

export function createFactsLoader(tables: Tables): LoadFacts {
  const text = factTexts(tables(Flow), tables(FlowRun), tables(FlowRunState))
  const flowOf = reader<FlowRecord>(tables(Flow), 'f_')
  const runOf = reader<FlowRunRecord>(tables(FlowRun), 'r_')
  const stateOf = reader<StateRecord>(tables(FlowRunState), 's_')

  const contentsOf = contentsLoader(tables(Flow), tables(FlowRun), tables(LogLineEntity), tables(TaskRun))
  const expiredOf = expiredLoader(tables)

  const tasks = taskFactsLoader(tables)

  return async (session, reads, wait) => {
    const { flows = [], flowNames = [], flowRuns = [], idempotencyKeys = [], linesOfRuns = [], contentsOfFlows = [], expired = [] } = reads
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
    // Behind the flow runs: everybody locks those first, then task runs.
    const taskQueries = tasks.queries(reads)
    const flown = await session.fly([...queries.filter(one => one !== null), ...taskQueries.statements])
    const answers = flown.values()
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
    const loadedRuns = [...keyedRuns, ...lockedRuns]
    const taskFacts = taskQueries.read(flown.slice(flown.length - taskQueries.statements.length))
    const parents = await tasks.parentsOf(session, loadedRuns, taskFacts.taskRuns, wait)
    // Deleting a flow waits for whoever holds one of its runs, hence alone.
    const heldFlows = wait ? [] : contentsOfFlows
    const heldRuns = wait || lockedRuns.length === flowRuns.length ? [] : await heldOf(session, flowRuns, lockedRuns)
    return {
      flows: [...byId, ...byName].map(flowOf),
      // A run that is locked as well is taken as the lock found it: the later one wins.
      flowRuns: loadedRuns,
      ...taskFacts,
      taskRuns: [...taskFacts.taskRuns, ...parents.taskRuns],
      contents: await contentsOf(session, linesOfRuns, wait ? contentsOfFlows : []),
      expired: expired[0] ? await expiredOf(session, expired[0]) : noneExpired,
      held: new Set([...heldRuns, ...heldFlows, ...parents.held]),
    }
  }
}

/** Of the runs that did not come, those that exist. */
async function heldOf(session: Pick<Session, 'fly'>, asked: readonly string[], found: readonly FlowRunFacts[]): Promise<readonly string[]> {
  const known = new Set(found.map(({ run }) => run.id))
  const [answer] = await session.fly([
    { name: 'runs-held', text: 'select "id" from "flow_run" where "id" = any($1::uuid[])', values: [asked.filter(id => !known.has(id))] },
  ])
  return answer!.rows.map(({ id }) => id as string)
}

/** What hangs on runs and flows that are to go: the runs of a flow in the order in which everybody locks runs, and the places of log lines. */
function contentsLoader(flow: Table, run: Table, line: Table, task: Table) {
  const columns = deletedRunColumns(run)
  const taskColumns = deletedTaskColumns(task)
  const text = {
    // Nobody writes into a run any more: what is counted down here is what will be there when it goes.
    hold: `select 1 from ${run.name} where "id" = $1 for update`,
    lines: `select "seq" from ${line.name} where "flow_run_id" = any($1::uuid[]) order by "seq" limit ${atOnce.lines}`,
    tasks: `select ${names(taskColumns)} from ${task.name} where "flow_run_id" = any($1::uuid[]) limit ${atOnce.taskRuns}`,
    runs: `select ${names(columns)} from ${run.name} where "flow_id" = $1 order by "id" limit ${atOnce.runs} for update`,
    flow: `select 1 from ${flow.name} where "id" = $1 for update`,
  }
  return async (session: Pick<Session, 'fly'>, runs: readonly string[], flows: readonly string[]): Promise<Map<string, Contents>> => {
    const contents = new Map<string, Contents>()
    const inRuns = async (ids: readonly string[], holding: readonly string[]) => {
      const answers = await session.fly([
        ...holding.map(id => ({ name: 'hold-run', text: text.hold, values: [id] })),
        { name: 'lines-of-runs', text: text.lines, values: [ids] },
        { name: 'tasks-of-runs', text: text.tasks, values: [ids] },
      ])
      const [lines, tasks] = answers.slice(holding.length).map(({ rows }) => rows)
      return {
        lines: lines!.map(({ seq }) => Number(seq)),
        taskRuns: tasks!.map(row => decodeRow(postgresDialect, taskColumns, row) as unknown as DeletedTaskRun),
      }
    }
    for (const id of runs) contents.set(id, { runs: [], ...(await inRuns([id], [id])) })
    for (const id of flows) {
      // Runs before their flow, as everybody locks; then again those that came in between: with the flow locked nobody adds another.
      const runsOf = { name: 'runs-of-flow', text: text.runs, values: [id] }
      const answers = await session.fly([runsOf, { name: 'lock-flow', text: text.flow, values: [id] }, runsOf])
      const own = answers[2]!.rows.map(row => decodeRow(postgresDialect, columns, row) as unknown as DeletedRun)
      contents.set(id, {
        runs: own,
        ...(await inRuns(
          own.map(run => run.id),
          [],
        )),
      })
    }
    return contents
  }
}

const deletedRunColumns = (run: Table) => run.columns.filter(({ property }) => deletedRunProperties.has(property))

const deletedTaskColumns = (task: Table) => task.columns.filter(({ property }) => deletedTaskProperties.has(property))

const names = (columns: Table['columns']): string => columns.map(({ name }) => name).join(', ')

/**
 * Runs are sought by the index that begins with workspace, state and sort time: one that ended long ago but was expected later than that waits until
 * that moment too is long ago. Those that others hold are left for the next time.
 */
function expiredLoader(tables: Tables) {
  const [run, workspace, event] = [tables(FlowRun), tables(Workspace), tables(EventEntity)]
  const [line, task, follower] = [tables(LogLineEntity), tables(TaskRun), tables(Follower)]
  const columns = deletedRunColumns(run)
  const column = (property: string) => run.column(property).name
  const text = {
    runs:
      `select ${names(columns)} from ${run.name} where ${column('workspaceId')} = any(array(select "id" from ${workspace.name})) and ${column('stateType')} = any($1) ` +
      `and ${column('sortTime')} < $2 and ${column('endTime')} < $2 limit ${expiredAtOnce.runs} for update skip locked`,
    linesOfRuns: `select "seq" from ${line.name} where "flow_run_id" = any($1::uuid[]) order by "seq" limit ${expiredAtOnce.lines}`,
    tasksOfRuns: `select ${names(deletedTaskColumns(task))} from ${task.name} where "flow_run_id" = any($1::uuid[]) limit ${expiredAtOnce.taskRuns}`,
    tasks: `select ${names(deletedTaskColumns(task))} from ${task.name} where "flow_run_id" is null and "end_time" < $1 order by "end_time", "id" limit ${expiredAtOnce.taskRuns} for update skip locked`,
    events: `select "seq", "received" from ${event.name} order by "seq" limit ${expiredAtOnce.entries + 1}`,
    slowest: `select min(${follower.column('seq').name}) as "seq" from ${follower.name}`,
    lines: `select "seq", "id" from ${line.name} order by "seq" limit ${expiredAtOnce.entries + 1}`,
  }
  const decoded = (table: Table, properties: readonly string[], rows: readonly Row[]) =>
    rows.map(row =>
      decodeRow(
        postgresDialect,
        table.columns.filter(({ property }) => properties.includes(property)),
        row,
      ),
    )
  return async (session: Pick<Session, 'fly'>, expiry: Expiry): Promise<Expired> => {
    const before = expiry.runs === null ? null : toIso(expiry.runs)
    const queries = [
      query('runs-expired', text.runs, expiry.runs === null ? 0 : 1, [terminalTypes, before]),
      query('tasks-expired', text.tasks, expiry.runs === null ? 0 : 1, [before]),
      query('events-oldest', text.events, expiry.events === null ? 0 : 1, []),
      query('lines-oldest', text.lines, expiry.lines === null ? 0 : 1, []),
      query('slowest-follower', text.slowest, 1, []),
    ]
    const answers = (await session.fly(queries.filter(one => one !== null))).values()
    const [runRows, taskRows, eventRows, lineRows, followerRows] = queries.map(one => (one === null ? [] : answers.next().value!.rows)) as [
      Row[],
      Row[],
      Row[],
      Row[],
      Row[],
    ]
    const runs = decoded(run, [...deletedRunProperties], runRows) as unknown as DeletedRun[]
    const ids = [runs.map(({ id }) => id)]
    const ofRuns = [
      { name: 'lines-of-expired', text: text.linesOfRuns, values: ids },
      { name: 'tasks-of-expired', text: text.tasksOfRuns, values: ids },
    ]
    const [linesOfRuns, tasksOfRuns] = runs.length === 0 ? [[], []] : (await session.fly(ofRuns)).map(({ rows }) => rows)
    return {
      runs,
      readByAll: followerRows[0]?.['seq'] == null ? Number.POSITIVE_INFINITY : Number(followerRows[0]['seq']),
      linesOfRuns: linesOfRuns!.map(({ seq }) => Number(seq)),
      tasksOfRuns: decoded(task, [...deletedTaskProperties], tasksOfRuns!) as unknown as Expired['tasksOfRuns'],
      backgroundTasks: decoded(task, [...deletedTaskProperties], taskRows) as unknown as Expired['backgroundTasks'],
      events: decoded(event, ['seq', 'received'], eventRows) as unknown as Expired['events'],
      lines: decoded(line, ['seq', 'id'], lineRows) as unknown as Expired['lines'],
    }
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
