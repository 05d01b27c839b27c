// A day of a server, told through its REST door: every route is asked, with the data that a real installation has.
import type { RestHouse } from '../doors/rest-house.ts'
import { tellOfBlocks } from './block-story.ts'
import { tellOfArtifacts, tellOfEvents, tellOfSavedSearches, tellOfVariables } from './record-story.ts'

export interface Told {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body: unknown
}

export async function tellStory(rest: RestHouse): Promise<Told[]> {
  const told: Told[] = []
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await rest.ask(method, path, body)
    told.push({ method, path, status: answer.status, body: answer.body === undefined ? answer.text || undefined : answer.body })
    return answer.body
  }
  const flow = await ask('POST', '/flows/', { name: 'nightly', tags: ['etl'], labels: { team: 'data', tier: 1, paged: true, share: 0.5 } })
  await ask('POST', '/flows/', { name: 'nightly' })
  const deployment = await tellOfDeployments(ask, flow.id)
  const runs = await tellOfRuns(ask, flow.id, deployment.id)
  await tellOfTasks(ask, flow.id)
  await tellOfInputs(ask, flow.id)
  await tellOfLogs(ask, runs.finished)
  await tellOfArtifacts(ask, runs.finished)
  await tellOfVariables(ask)
  await tellOfSavedSearches(ask)
  await tellOfBlocks(ask)
  await tellOfEvents(ask)
  await tellOfLists(ask, flow.id)
  for (const path of probes) await ask('GET', path)
  await tellOfMistakes(ask, flow.id)
  await tellOfEndings(ask, flow.id, deployment.id, runs.finished)
  return told
}

export type Ask = (method: string, path: string, body?: unknown) => Promise<any>

const probes = ['/health', '/hello', '/ready', '/version', '/admin/version', '/admin/storage', '/csrf-token?client=story']

async function tellOfDeployments(ask: Ask, flow_id: string) {
  const full = {
    name: 'production',
    flow_id,
    version: '2',
    description: 'Every night',
    tags: ['prod'],
    labels: { region: 'eu' },
    parameters: { limit: 10 },
    parameter_openapi_schema: { type: 'object', properties: { limit: { type: 'integer' } } },
    job_variables: { env: { A: '1' } },
    pull_steps: [{ 'prefect.deployments.steps.set_working_directory': { directory: '/srv' } }],
    path: '/srv',
    entrypoint: 'flows.py:nightly',
  }
  await ask('POST', '/deployments/', { name: 'bare', flow_id })
  const deployment = await ask('POST', '/deployments/', full)
  await ask('POST', '/deployments/', full)
  await ask('PATCH', `/deployments/${deployment.id}`, { paused: true, description: null })
  await ask('GET', `/deployments/${deployment.id}`)
  await ask('GET', '/deployments/name/nightly/production')
  return deployment
}

async function tellOfRuns(ask: Ask, flow_id: string, deploymentId: string) {
  const setState = (id: string, state: object, rest: object = {}) => ask('POST', `/flow_runs/${id}/set_state`, { state, ...rest })
  const finished = (
    await ask('POST', '/flow_runs/', {
      flow_id,
      name: 'of-today',
      flow_version: '7',
      idempotency_key: 'today',
      parameters: { deep: { list: [1, null, 'x'] } },
      context: { a: 1 },
      empirical_policy: { retries: 1, retry_delay: 5, pause_keys: ['k'], retry_type: 'in_process' },
      tags: ['a', 'b'],
      labels: { own: 1.5 },
      state: { type: 'SCHEDULED', state_details: { scheduled_time: '2020-01-01T00:00:00+00:00' } },
    })
  ).id
  await ask('POST', '/flow_runs/', { flow_id, idempotency_key: 'today' })
  await setState(finished, { type: 'PENDING' })
  await setState(finished, { type: 'RUNNING', name: 'Going', message: 'now' })
  await setState(finished, { type: 'FAILED', message: 'the first attempt' })
  await setState(finished, { type: 'RUNNING' }, { force: true })
  await setState(finished, { type: 'COMPLETED', data: { type: 'reference', storage_key: 'k', storage_block_id: null } })
  await setState(finished, { type: 'RUNNING' })
  await ask('PATCH', `/flow_runs/${finished}`, { name: 'renamed', tags: ['c'], infrastructure_pid: 'host:1' })
  await ask('PATCH', `/flow_runs/${finished}/labels`, { more: true })
  await ask('GET', `/flow_runs/${finished}`)
  const [state] = await ask('GET', `/flow_run_states/?flow_run_id=${finished}`)
  await ask('GET', `/flow_run_states/${state.id}`)

  const late = (await ask('POST', `/deployments/${deploymentId}/create_flow_run`, { parameters: { limit: 3 }, job_variables: { a: 1 } })).id
  await setState(late, { type: 'SCHEDULED', name: 'Late', state_details: { scheduled_time: '2020-01-01T00:00:00Z' } }, { force: true })
  const waiting = (
    await ask('POST', '/flow_runs/', { flow_id, state: { type: 'SCHEDULED', state_details: { scheduled_time: '2199-01-01T00:00:00Z' } } })
  ).id
  await setState(waiting, { type: 'RUNNING' })
  for (const type of ['CANCELLING', 'CRASHED', 'PAUSED', 'CANCELLED']) {
    const { id } = await ask('POST', '/flow_runs/', { flow_id })
    await setState(id, { type: 'RUNNING' })
    await setState(id, { type }, { force: true })
  }
  return { finished }
}

async function tellOfTasks(ask: Ask, flow_id: string) {
  const { id: flow_run_id } = await ask('POST', '/flow_runs/', { flow_id, state: { type: 'RUNNING' } })
  const keys = { flow_run_id, task_key: 'load-1', dynamic_key: '0' }
  const { id } = await ask('POST', '/task_runs/', {
    ...keys,
    name: 'load-0',
    tags: ['t'],
    labels: { own: 1.5 },
    cache_key: 'k',
    cache_expiration: '2199-01-01T00:00:00Z',
    task_version: '1',
    empirical_policy: { retries: 1, retry_delay: [1, 2], retry_jitter_factor: 0.5 },
    task_inputs: { x: [{ input_type: 'parameter', name: 'x' }] },
  })
  await ask('POST', '/task_runs/', keys)
  await ask('POST', '/task_runs/', { task_key: 'alone', dynamic_key: 'x' })
  const setState = (state: object, rest: object = {}) => ask('POST', `/task_runs/${id}/set_state`, { state, ...rest })
  for (const type of ['RUNNING', 'FAILED', 'RUNNING', 'COMPLETED', 'PAUSED']) await setState({ type })
  await setState({ type: 'RUNNING' }, { force: true })
  const subflow = await ask('POST', '/flow_runs/', { flow_id, parent_task_run_id: id })
  await ask('POST', `/flow_runs/${subflow.id}/set_state`, { state: { type: 'RUNNING' } })
  await ask('PATCH', `/task_runs/${id}`, { name: 'renamed' })
  await ask('GET', `/task_runs/${id}`)
  await ask('GET', `/flow_runs/${flow_run_id}/graph-v2`)
  const [state] = await ask('GET', `/task_run_states/?task_run_id=${id}`)
  await ask('GET', `/task_run_states/${state.id}`)
  await ask('POST', '/task_workers/filter', { task_worker_filter: { task_keys: ['load-1'] } })
  const { id: gone } = await ask('POST', '/task_runs/', { ...keys, dynamic_key: 'gone' })
  await ask('DELETE', `/task_runs/${gone}`)
}

async function tellOfInputs(ask: Ask, flow_id: string) {
  const { id } = await ask('POST', '/flow_runs/', { flow_id })
  await ask('POST', `/flow_runs/${id}/resume`, {})
  await ask('POST', `/flow_runs/${id}/set_state`, { state: { type: 'RUNNING' } })
  const keyset = { schema: 'ask-schema', response: 'ask-response' }
  const state_details = { pause_timeout: '2199-01-01T00:00:00Z', pause_key: 'ask', run_input_keyset: keyset }
  await ask('POST', `/flow_runs/${id}/set_state`, { state: { type: 'PAUSED', state_details } })
  const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
  await ask('POST', `/flow_runs/${id}/input`, { key: 'ask-schema', value: JSON.stringify(schema), sender: 'prefect.flow-run.x' })
  await ask('POST', `/flow_runs/${id}/resume`, { run_input: { n: 'x' } })
  await ask('POST', `/flow_runs/${id}/resume`, { run_input: { n: 1 } })
  await ask('POST', `/flow_runs/${id}/input/filter`, { prefix: 'ask', limit: 10 })
  await ask('GET', `/flow_runs/${id}/input/ask-response`)
  await ask('DELETE', `/flow_runs/${id}/input/ask-response`)
}

async function tellOfLogs(ask: Ask, flow_run_id: string) {
  const line = { name: 'prefect.flow_runs', level: 20, message: 'é\nsecond', timestamp: '2026-11-25T13:00:00.123456+02:00' }
  await ask('POST', '/logs/', [
    { ...line, flow_run_id },
    { ...line, flow_run_id, task_run_id: '019ab000-0000-7000-8000-000000000001' },
    line,
  ])
  await ask('POST', '/logs/filter', {})
  await ask('GET', `/flow_runs/${flow_run_id}/logs/download`)
  await ask('POST', '/logs/filter', { logs: { flow_run_id: { any_: [flow_run_id] }, level: { ge_: 20 } }, sort: 'TIMESTAMP_DESC' })
}

async function tellOfLists(ask: Ask, flowId: string) {
  for (const concept of ['flows', 'flow_runs', 'task_runs', 'deployments']) {
    await ask('POST', `/${concept}/filter`, {})
    await ask('POST', `/${concept}/filter`, { flows: { id: { any_: [flowId] } }, limit: 2, offset: 1 })
    await ask('POST', `/${concept}/count`, { flows: { name: { like_: 'night' } } })
    await ask('POST', `/${concept}/paginate`, { limit: 2, page: 2 })
    await ask('POST', `/${concept}/paginate`, { limit: 0, page: 1 })
  }
  await ask('GET', `/flows/${flowId}`)
  await ask('GET', '/flows/name/nightly')
  await ask('PATCH', `/flows/${flowId}`, { tags: ['x'] })
  const day = Date.now() - (Date.now() % 86_400_000)
  const [history_start, history_end] = [day, day + 86_400_000].map(at => new Date(at).toISOString())
  for (const concept of ['flow_runs', 'task_runs'])
    await ask('POST', `/${concept}/history`, { history_start, history_end, history_interval_seconds: 3600 })
  await ask('POST', '/flow_runs/lateness', {})
  await ask('POST', '/flow_runs/lateness', { flow_runs: { name: { any_: ['nobody'] } } })
}

async function tellOfMistakes(ask: Ask, flow_id: string) {
  await ask('POST', '/flows/', {})
  await ask('POST', '/flows/filter', { limit: 100_000 })
  await ask('POST', '/flow_runs/', { flow_id: 'none' })
  await ask('POST', '/flow_runs/history', {})
  await ask('POST', '/logs/', [{}])
  await ask('POST', '/variables/', { name: 'Not allowed', value: 1 })
  await ask('POST', '/deployments/', { flow_id })
}

async function tellOfEndings(ask: Ask, flowId: string, deploymentId: string, runId: string) {
  await ask('POST', '/flow_runs/bulk_set_state', {
    flow_runs: { state: { type: { any_: ['PAUSED', 'CANCELLING'] } } },
    state: { type: 'CANCELLED' },
    force: true,
  })
  await ask('POST', '/flow_runs/bulk_set_state', { flow_runs: { id: { any_: [runId] } }, state: { type: 'COMPLETED' } })
  await ask('POST', '/flow_runs/bulk_delete', { flow_runs: { state: { type: { any_: ['CANCELLED'] } } } })
  await ask('DELETE', `/flow_runs/${runId}`)
  await ask('DELETE', `/deployments/${deploymentId}`)
  await ask('POST', '/flows/', { name: 'extra' })
  await ask('POST', '/flows/bulk_delete', { flows: { name: { any_: ['extra'] } } })
  await ask('DELETE', `/flows/${flowId}`)
}
