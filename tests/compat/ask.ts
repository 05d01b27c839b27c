// Asks one cell of the matrix of a server that speaks the peer's REST API, and keeps of the answer what can be compared.
import type { Cell } from './cells.ts'

export interface Ground {
  readonly api: string
  readonly flowId: string
  readonly deploymentId: string
  readonly parentTaskRunId: string
}

/** One cell's answer. Times are told by their kind only. */
export interface Answer {
  readonly http: number
  readonly status: string
  readonly reason: string | null
  readonly delay: boolean
  /** The state in the answer. */
  readonly answered: string | null
  /** The run before and after, where a column changed. */
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>>
}

const json = { 'content-type': 'application/json' }

async function call(method: string, url: string, body?: unknown): Promise<{ status: number; body: any }> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(url, { method, ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }) })
    // The peer answers 503 when its own SQLite is locked.
    if (response.status === 503 && attempt < 20) continue
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}

export async function prepareGround(api: string, parentTaskRunId: string | null): Promise<Ground> {
  const flow = (await call('POST', `${api}/flows/`, { name: `compat-${process.pid}` })).body
  const deployment = (await call('POST', `${api}/deployments/`, { name: 'compat', flow_id: flow.id })).body
  const taskRun = parentTaskRunId ?? (await call('POST', `${api}/task_runs/`, { task_key: 'parent', dynamic_key: '0' })).body.id
  return { api, flowId: flow.id, deploymentId: deployment.id, parentTaskRunId: taskRun }
}

export async function ask({ api, flowId, deploymentId, parentTaskRunId }: Ground, { situation, from, to }: Cell): Promise<Answer> {
  const run = (
    await call('POST', `${api}/flow_runs/`, {
      flow_id: flowId,
      ...(situation.hasDeployment ? { deployment_id: deploymentId } : {}),
      ...(situation.isSubflow ? { parent_task_run_id: parentTaskRunId } : {}),
      empirical_policy: situation.policy ?? {},
    })
  ).body
  if (from) await call('POST', `${api}/flow_runs/${run.id}/set_state`, { state: from, force: true })
  const before = (await call('GET', `${api}/flow_runs/${run.id}`)).body
  const { status, body } = await call('POST', `${api}/flow_runs/${run.id}/set_state`, { state: to, force: situation.isForced ?? false })
  const after = (await call('GET', `${api}/flow_runs/${run.id}`)).body
  return {
    http: status,
    status: body.status,
    reason: body.details?.reason ?? null,
    delay: body.details?.delay_seconds !== undefined,
    answered: body.state && `${body.state.type} ${body.state.name}`,
    changed: differences(columnsOf(before), columnsOf(after)),
  }
}

const columnsOf = (run: any) => ({
  state: run.state && `${run.state.type} ${run.state.name}`,
  message: run.state?.message ?? null,
  data: run.state?.data ?? null,
  state_is_new: run.state_id,
  run_count: run.run_count,
  has_started: run.start_time !== null,
  has_ended: run.end_time !== null,
  has_ended_at: run.end_time,
  next_scheduled: kindOf(run.next_scheduled_start_time),
  expected: kindOf(run.expected_start_time),
  scheduled_time: kindOf(run.state?.state_details.scheduled_time ?? null),
  task_run_id: run.state ? run.state.state_details.task_run_id !== null : null,
  resuming: run.empirical_policy.resuming ?? false,
  retry_type: run.empirical_policy.retry_type ?? null,
  pause_keys: (run.empirical_policy.pause_keys ?? []).length,
})

function kindOf(time: string | null): string | null {
  if (time === null) return null
  if (time.startsWith('2020')) return 'past'
  return time.startsWith('2199') ? 'future' : 'about now'
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, [unknown, unknown]> {
  const hidden = (column: string, value: unknown) => (column === 'state_is_new' || column === 'has_ended_at' ? value !== null : value)
  return Object.fromEntries(
    Object.keys(after)
      .sort()
      .filter(column => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
      .map(column => [column, [hidden(column, before[column]), hidden(column, after[column])]]),
  )
}
