import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { estimatedRunTime, estimatedStartTimeDelta } from '../../core/flow-runs/index.ts'
import {
  createTaskRun,
  deleteTaskRun,
  findTaskRun,
  renameTaskRun,
  setTaskRunState,
  type TaskRunAnswer,
} from '../../core/task-runs/index.ts'
import type { Instant } from '../../kernel/clock.ts'
import { instantText, jsonObject, uuid } from '../../kernel/inputs.ts'
import { transitionToWire } from './flow-runs.ts'
import { runPolicy } from './run-policy.ts'
import { stateToWire, wireState } from './states.ts'
import { idParameter, optional, orDefault, secondsOf, time } from './wire.ts'

const text = optional(z.string())
const empty = orDefault(jsonObject, () => ({}))

const newTaskRun = z
  .strictObject({
    id: optional(uuid),
    state: wireState.nullish(),
    name: text,
    flow_run_id: optional(uuid),
    task_key: z.string(),
    dynamic_key: z.string(),
    cache_key: text,
    cache_expiration: optional(instantText),
    task_version: text,
    empirical_policy: orDefault(runPolicy, () => ({})),
    tags: orDefault(z.array(z.string()), () => []),
    labels: empty,
    task_inputs: empty,
  })
  .transform(body => ({
    id: body.id,
    // Through this door a run without a state is pending, as it is at the peer.
    state: body.state ?? { type: 'PENDING' as const },
    name: body.name,
    flowRunId: body.flow_run_id,
    taskKey: body.task_key,
    dynamicKey: body.dynamic_key,
    cacheKey: body.cache_key,
    cacheExpiration: body.cache_expiration,
    taskVersion: body.task_version,
    empiricalPolicy: body.empirical_policy,
    tags: body.tags,
    labels: body.labels,
    taskInputs: body.task_inputs,
  }))

const change = z.strictObject({ name: text }).transform(({ name }) => ({ name: name || null }))
const transition = z.object({ state: wireState, force: orDefault(z.boolean(), () => false) })

export function taskRunRoutes(app: FastifyInstance): void {
  app.post('/task_runs/', async (request, reply) => {
    const answer = await createTaskRun(request.ctx, newTaskRun.parse(request.body))
    return reply.code(answer.isNew ? 201 : 200).send(taskRunToWire(answer, request.ctx.clock.now()))
  })

  app.get('/task_runs/:id', async request =>
    taskRunToWire(await findTaskRun(request.ctx, idParameter(request.params)), request.ctx.clock.now()),
  )

  app.post('/task_runs/:id/set_state', async (request, reply) => {
    const { id } = idParameter(request.params)
    const answer = await setTaskRunState(request.ctx, { taskRunId: id, ...transition.parse(request.body) })
    return reply.code(answer.isWritten ? 201 : 200).send(transitionToWire(answer))
  })

  app.patch('/task_runs/:id', async (request, reply) => {
    await renameTaskRun(request.ctx, { ...idParameter(request.params), ...change.parse(request.body) })
    return reply.code(204).send()
  })

  app.delete('/task_runs/:id', async (request, reply) => {
    await deleteTaskRun(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })
}

export const taskRunToWire = ({ run, state }: TaskRunAnswer, now: Instant) => ({
  id: run.id,
  created: time(run.created),
  updated: time(run.updated),
  name: run.name,
  flow_run_id: run.flowRunId,
  task_key: run.taskKey,
  dynamic_key: run.dynamicKey,
  cache_key: run.cacheKey,
  cache_expiration: time(run.cacheExpiration),
  task_version: run.taskVersion,
  empirical_policy: {
    max_retries: 0,
    retry_delay_seconds: 0,
    retries: null,
    retry_delay: null,
    retry_jitter_factor: null,
    ...run.empiricalPolicy,
  },
  tags: run.tags,
  labels: run.labels,
  state_id: run.stateId,
  task_inputs: run.taskInputs,
  state_type: run.stateType,
  state_name: run.stateName,
  run_count: run.runCount,
  flow_run_run_count: run.flowRunRunCount,
  expected_start_time: time(run.expectedStartTime),
  next_scheduled_start_time: time(run.nextScheduledStartTime),
  start_time: time(run.startTime),
  end_time: time(run.endTime),
  total_run_time: secondsOf(run.totalRunTime),
  estimated_run_time: secondsOf(estimatedRunTime(run, now)),
  estimated_start_time_delta: secondsOf(estimatedStartTimeDelta(run, now)),
  state: state && stateToWire(state),
})
