// Very many runs of thirty days that have ended, their states, events and log lines, as rows.
import { createChance, uuidAt } from './uuids.ts'

export interface SeedSizes {
  runs: number
  lines: number
  /** The newest half of them are of task runs alone, as a large mapped flow leaves them. */
  events: number
}

export interface Seeded {
  /** Has 100,000 lines, or all that there are. */
  longRunId: string
}

export type SeedRow = readonly [table: SeedTable, row: Record<string, unknown>]
export type SeedTable = 'flow' | 'flow_run' | 'flow_run_state' | 'event' | 'log_line'

/** Columns that hold a moment, here in microseconds. */
export const moments: ReadonlySet<string> = new Set([
  ...['created', 'updated', 'timestamp', 'occurred', 'received', 'sort_time', 'state_timestamp'],
  ...['expected_start_time', 'start_time', 'end_time'],
])

const FLOWS = 100
const DAYS = 30
const RUNNING = 20
const LONG_RUN_LINES = 100_000
const LINES_EACH = 1_000
const DAY = 86_400_000_000
const words = ['amber', 'brave', 'calm', 'deft', 'eager', 'fair', 'gentle', 'honest', 'ivory', 'jolly', 'keen', 'lucid']

/** Most runs are of few flows; one in 2,000 has the tag `rare`, and another `needle` in its name. Five in a hundred have not ended well. */
export function* seedRows(workspaceId: string, sizes: SeedSizes, seeded: (found: Seeded) => void): Generator<SeedRow> {
  const chance = createChance()
  const now = Date.now() * 1000
  const begin = now - DAYS * DAY
  const momentOf = (index: number, count: number) => Math.floor(begin + ((now - begin) * index) / count)
  const flows: string[] = []
  while (flows.length < FLOWS) {
    const id = uuidAt(begin / 1000 + flows.length, chance)
    yield ['flow', { id, workspace_id: workspaceId, name: `flow-${flows.length}`, tags: [], labels: {}, created: begin, updated: begin }]
    flows.push(id)
  }
  const runs: string[] = []
  for (let index = 0; index < sizes.runs; index++) {
    const at = momentOf(index, sizes.runs)
    const type = index >= sizes.runs - RUNNING ? 'RUNNING' : endOf(chance())
    const run = runOf(workspaceId, flows[Math.floor(chance() * chance() * FLOWS)]!, at, type, index, chance)
    yield ['flow_run', run]
    yield ['flow_run_state', stateOf(run, type)]
    if (index % LINES_EACH === 0) runs.push(run.id)
  }
  for (let index = 0; index < sizes.events; index++) {
    const isOfTask = index >= sizes.events / 2 || index % 2 === 0
    yield ['event', eventOf(workspaceId, momentOf(index, sizes.events), isOfTask ? 'task-run' : 'flow-run', chance)]
  }
  const longRunId = runs.at(-1)!
  seeded({ longRunId })
  for (let index = 0, long = 0; index < sizes.lines; index++) {
    // Every other of the newest lines is of the long run, so that its lines lie as they do on a busy server: between those of others.
    const isLong = index >= sizes.lines - 2 * LONG_RUN_LINES && index % 2 === 0 && long++ < LONG_RUN_LINES
    const runId = isLong ? longRunId : runs[Math.floor(index / LINES_EACH) % Math.max(1, runs.length - 1)]!
    yield ['log_line', lineOf(workspaceId, runId, momentOf(index, sizes.lines), index, chance)]
  }
}

const endOf = (dice: number) => (dice < 0.93 ? 'COMPLETED' : dice < 0.975 ? 'FAILED' : dice < 0.985 ? 'CRASHED' : 'CANCELLED')

const stateName = (type: string) => type.charAt(0) + type.slice(1).toLowerCase()

function runOf(workspaceId: string, flowId: string, at: number, type: string, index: number, chance: () => number) {
  const duration = Math.floor(chance() * 600_000_000)
  const tags = ['prod', ...(chance() < 0.1 ? ['eu'] : []), ...(chance() < 0.0005 ? ['rare'] : [])]
  const ended = type === 'RUNNING' ? null : at + duration
  return {
    id: uuidAt(at / 1000, chance),
    workspace_id: workspaceId,
    flow_id: flowId,
    parent_task_run_id: chance() < 0.2 ? uuidAt(at / 1000, chance) : null,
    name: `${words[index % words.length]}-otter${chance() < 0.0005 ? '-needle' : ''}`,
    parameters: {},
    context: {},
    empirical_policy: {},
    tags,
    labels: {},
    job_variables: {},
    state_id: uuidAt(at / 1000, chance),
    state_type: type,
    state_name: stateName(type),
    state_timestamp: ended ?? at,
    version: 1,
    run_count: 1,
    expected_start_time: at,
    start_time: at,
    end_time: ended,
    total_run_time: ended === null ? 0 : duration,
    sort_time: at,
    created: at,
    updated: ended ?? at,
  }
}

const stateOf = (run: ReturnType<typeof runOf>, type: string) => ({
  id: run.state_id,
  workspace_id: run.workspace_id,
  flow_run_id: run.id,
  ordinal: 1,
  type,
  name: run.state_name,
  timestamp: run.state_timestamp,
  details: {},
  actor_id: 'seed',
  actor_name: 'seed',
})

function eventOf(workspaceId: string, at: number, kind: string, chance: () => number) {
  const resourceId = `prefect.${kind}.${uuidAt(at / 1000, chance)}`
  const resource = { 'prefect.resource.id': resourceId, 'prefect.resource.name': 'amber-otter', 'prefect.state-name': 'Completed' }
  return {
    id: uuidAt(at / 1000, chance),
    workspace_id: workspaceId,
    occurred: at,
    received: at,
    event: `prefect.${kind}.Completed`,
    resource_id: resourceId,
    resource,
    related: [],
    payload: { intended: { from: 'RUNNING', to: 'COMPLETED' } },
  }
}

const lineOf = (workspaceId: string, runId: string, at: number, index: number, chance: () => number) => ({
  id: uuidAt(at / 1000, chance),
  workspace_id: workspaceId,
  flow_run_id: runId,
  name: 'prefect.flow_runs',
  level: index % 50 === 0 ? 30 : 20,
  message: `Row ${index} was read, checked and written to the table of orders${chance() < 0.001 ? ' beside a needle' : ''}`,
  timestamp: at,
})
