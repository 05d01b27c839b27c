// Very many ended runs of thirty days, written straight into a SQLite file; no server may use it meanwhile.
import Database from 'better-sqlite3'
import { migrateTo } from '../tests/faults/multiply.ts'

const FLOWS = 100
const DAYS = 30
const RUNNING = 20
const words = ['amber', 'brave', 'calm', 'deft', 'eager', 'fair', 'gentle', 'honest', 'ivory', 'jolly', 'keen', 'lucid']

/** The last revision without roll-ups: those after it count the runs that they find. */
const UNCOUNTED = '0004-flow-runs-by-id'

/** Most runs are of few flows; one in 2,000 has the tag `rare`, and another `needle` in its name. Five in a hundred have not ended well. */
export async function seedRuns(place: { readonly url: string; readonly file: string }, count: number): Promise<void> {
  await migrateTo(place.url, 'up', 'head')
  await migrateTo(place.url, 'down', UNCOUNTED)
  write(place.file, count)
  await migrateTo(place.url, 'up', 'head')
}

function write(file: string, count: number): void {
  const database = new Database(file)
  database.pragma('synchronous = off')
  database.pragma('cache_size = -400000')
  const { id: workspaceId } = database.prepare('select id from workspace').get() as { id: string }
  const chance = createChance()
  const now = Date.now() * 1000
  const begin = now - DAYS * 86_400_000_000
  const insert = createInserter(database)
  database.transaction(() => {
    const flows = Array.from({ length: FLOWS }, (_, index) => {
      const id = uuidAt(begin / 1000 + index, chance)
      insert('flow', { id, workspace_id: workspaceId, name: `flow-${index}`, tags: '[]', labels: '{}', created: begin, updated: begin })
      return id
    })
    for (let index = 0; index < count; index++) {
      const at = Math.floor(begin + ((now - begin) * index) / count)
      const type = index >= count - RUNNING ? 'RUNNING' : endOf(chance())
      const run = runOf(workspaceId, flows[Math.floor(chance() * chance() * FLOWS)]!, at, type, index, chance)
      insert('flow_run', run)
      insert('flow_run_state', stateOf(run, type))
    }
  })()
  database.close()
}

const endOf = (dice: number) => (dice < 0.93 ? 'COMPLETED' : dice < 0.975 ? 'FAILED' : dice < 0.985 ? 'CRASHED' : 'CANCELLED')

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
    parameters: '{}',
    context: '{}',
    empirical_policy: '{}',
    tags: JSON.stringify(tags),
    labels: '{}',
    job_variables: '{}',
    state_id: uuidAt(at / 1000, chance),
    state_type: type,
    state_name: type.charAt(0) + type.slice(1).toLowerCase(),
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
  details: '{}',
  actor_id: 'seed',
  actor_name: 'seed',
})

function createInserter(database: Database.Database) {
  const statements = new Map<string, Database.Statement>()
  return (table: string, row: Record<string, unknown>): void => {
    const names = Object.keys(row)
    const statement =
      statements.get(table) ??
      database.prepare(`insert into "${table}" (${names.map(name => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`)
    statements.set(table, statement)
    statement.run(...Object.values(row))
  }
}

/** The same numbers every time. */
function createChance(): () => number {
  let state = 42
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function uuidAt(milliseconds: number, chance: () => number): string {
  const time = Math.floor(milliseconds).toString(16).padStart(12, '0')
  const digits = (length: number) => Array.from({ length }, () => Math.floor(chance() * 16).toString(16)).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-a${digits(3)}-${digits(12)}`
}
