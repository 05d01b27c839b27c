// Asks one cell of the matrix of flow runs.
import { type Answer, answerOf, call, kindOf, nameOf } from '../answers.ts'
import type { Cell } from './cells.ts'

interface Ground {
  readonly api: string
  readonly flowId: string
  readonly deploymentId: string
  readonly parentTaskRunId: string
}

export async function prepareGround(api: string): Promise<Ground> {
  const flow = (await call('POST', `${api}/flows/`, { name: `compat-${process.pid}` })).body
  const deployment = (await call('POST', `${api}/deployments/`, { name: 'compat', flow_id: flow.id })).body
  const taskRun = (await call('POST', `${api}/task_runs/`, { task_key: 'parent', dynamic_key: '0' })).body
  return { api, flowId: flow.id, deploymentId: deployment.id, parentTaskRunId: taskRun.id }
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
  const answered = await call('POST', `${api}/flow_runs/${run.id}/set_state`, { state: to, force: situation.isForced ?? false })
  const after = (await call('GET', `${api}/flow_runs/${run.id}`)).body
  return answerOf(answered, columnsOf(before), columnsOf(after))
}

const columnsOf = (run: any) => ({
  state: nameOf(run.state),
  message: run.state?.message ?? null,
  data: run.state?.data ?? null,
  state_is_new: run.state_id,
  run_count: run.run_count,
  has_started: run.start_time !== null,
  has_ended: run.end_time !== null,
  has_ended_at: run.end_time,
  next_scheduled: kindOf(run.next_scheduled_start_time),
  expected: kindOf(run.expected_start_time),
  scheduled_time: kindOf(run.state?.state_details.scheduled_time),
  task_run_id: run.state ? run.state.state_details.task_run_id !== null : null,
  resuming: run.empirical_policy.resuming ?? false,
  retry_type: run.empirical_policy.retry_type ?? null,
  pause_keys: (run.empirical_policy.pause_keys ?? []).length,
})
