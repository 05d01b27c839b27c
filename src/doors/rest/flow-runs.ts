import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  createFlowRun,
  deleteFlowRun,
  estimatedRunTime,
  estimatedStartTimeDelta,
  findFlowRun,
  setFlowRunLabels,
  setFlowRunState,
  type TransitionAnswer,
  updateFlowRun,
} from '../../core/flow-runs/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import type { StateRecord, StoredState } from '../../core/states/index.ts'
import type { Instant } from '../../kernel/clock.ts'
import { isAppError } from '../../kernel/errors.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { runPolicy } from './run-policy.ts'
import { stateToWire, wireState } from './states.ts'
import { idParameter, optional, orDefault, refuse, secondsOf, time } from './wire.ts'

const newFlowRun = z
  .object({
    flow_id: uuid,
    name: optional(z.string()),
    deployment_id: optional(uuid),
    parent_task_run_id: optional(uuid),
    flow_version: optional(z.string()),
    idempotency_key: optional(z.string()),
    parameters: orDefault(jsonObject, () => ({})),
    context: orDefault(jsonObject, () => ({})),
    empirical_policy: orDefault(runPolicy, () => ({})),
    tags: orDefault(z.array(z.string()), () => []),
    labels: orDefault(jsonObject, () => ({})),
    state: wireState.nullish(),
  })
  .transform(body => ({
    flowId: body.flow_id,
    name: body.name || null,
    deploymentId: body.deployment_id,
    parentTaskRunId: body.parent_task_run_id,
    flowVersion: body.flow_version,
    idempotencyKey: body.idempotency_key,
    parameters: body.parameters,
    context: body.context,
    empiricalPolicy: body.empirical_policy,
    tags: body.tags,
    labels: body.labels,
    // Through this door a run without a state is pending, as it is at the peer.
    state: body.state ?? { type: 'PENDING' as const },
  }))

const change = z
  .strictObject({
    name: z.string().nullish(),
    flow_version: z.string().nullish(),
    parameters: jsonObject.optional(),
    empirical_policy: runPolicy.optional(),
    tags: z.array(z.string()).optional(),
    infrastructure_pid: z.string().nullish(),
    job_variables: jsonObject.nullish(),
  })
  .transform(body => ({
    name: body.name || undefined,
    flowVersion: body.flow_version,
    parameters: body.parameters,
    empiricalPolicy: body.empirical_policy,
    tags: body.tags,
    infrastructurePid: body.infrastructure_pid,
    jobVariables: body.job_variables ?? undefined,
  }))

const transition = z.object({ state: wireState, force: orDefault(z.boolean(), () => false) })

export function flowRunRoutes(app: FastifyInstance): void {
  app.post('/flow_runs/', async (request, reply) => {
    const { run, state, isNew } = await createFlowRun(request.ctx, newFlowRun.parse(request.body))
    return reply.code(isNew ? 201 : 200).send(flowRunToWire(run, state, request.ctx.clock.now()))
  })

  app.get('/flow_runs/:id', async request => {
    const { run, state } = await findFlowRun(request.ctx, idParameter(request.params))
    return flowRunToWire(run, state, request.ctx.clock.now())
  })

  app.post('/flow_runs/:id/set_state', async (request, reply) => {
    const { id } = idParameter(request.params)
    const answer = await setFlowRunState(request.ctx, { flowRunId: id, ...transition.parse(request.body) })
    return reply.code(answer.isWritten ? 201 : 200).send(transitionToWire(answer))
  })

  app.patch('/flow_runs/:id', async (request, reply) => {
    await updateFlowRun(request.ctx, { ...idParameter(request.params), change: change.parse(request.body) }).catch(asBadRequest)
    return reply.code(204).send()
  })

  app.patch('/flow_runs/:id/labels', async (request, reply) => {
    await setFlowRunLabels(request.ctx, { ...idParameter(request.params), labels: jsonObject.parse(request.body) })
    return reply.code(204).send()
  })

  app.delete('/flow_runs/:id', async (request, reply) => {
    await deleteFlowRun(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })
}

/** What a run is past being changed in is a bad request at the peer, where other conflicts are conflicts. */
function asBadRequest(error: unknown): never {
  throw isAppError(error) && error.code === 'CONFLICT' ? refuse(400, error.message) : error
}

export const transitionToWire = ({
  status,
  reason,
  delaySeconds,
  state,
}: Pick<TransitionAnswer, 'status' | 'reason' | 'delaySeconds'> & { readonly state: StoredState | null }) => ({
  state: state && stateToWire(state),
  status,
  details: {
    type: `${status.toLowerCase()}_details`,
    ...(status === 'ACCEPT' ? {} : { reason }),
    ...(status === 'WAIT' ? { delay_seconds: delaySeconds } : {}),
  },
})

export const flowRunToWire = (run: FlowRunRecord, state: StateRecord | null, now: Instant) => ({
  id: run.id,
  created: time(run.created),
  updated: time(run.updated),
  name: run.name,
  flow_id: run.flowId,
  state_id: run.stateId,
  deployment_id: run.deploymentId,
  deployment_version: null,
  work_queue_id: null,
  work_queue_name: null,
  flow_version: run.flowVersion,
  parameters: run.parameters,
  idempotency_key: run.idempotencyKey,
  context: run.context,
  empirical_policy: {
    max_retries: 0,
    retry_delay_seconds: 0,
    retries: null,
    retry_delay: null,
    pause_keys: [],
    resuming: false,
    retry_type: null,
    ...run.empiricalPolicy,
  },
  tags: run.tags,
  labels: run.labels,
  parent_task_run_id: run.parentTaskRunId,
  state_type: run.stateType,
  state_name: run.stateName,
  run_count: run.runCount,
  expected_start_time: time(run.expectedStartTime),
  next_scheduled_start_time: time(run.nextScheduledStartTime),
  start_time: time(run.startTime),
  end_time: time(run.endTime),
  total_run_time: secondsOf(run.totalRunTime),
  estimated_run_time: secondsOf(estimatedRunTime(run, now)),
  estimated_start_time_delta: secondsOf(estimatedStartTimeDelta(run, now)),
  auto_scheduled: false,
  infrastructure_document_id: null,
  infrastructure_pid: run.infrastructurePid,
  created_by: run.createdBy,
  work_pool_id: null,
  work_pool_name: null,
  state: state && stateToWire(state),
  job_variables: run.jobVariables,
})
