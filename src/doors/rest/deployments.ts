import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  applyDeployment,
  countDeployments,
  type DeploymentRecord,
  deleteDeployment,
  deploymentSliceOrders,
  findDeployment,
  findDeploymentByName,
  sliceDeployments,
  updateDeployment,
} from '../../core/deployments/index.ts'
import { createFlowRunFromDeployment } from '../../core/flow-runs/index.ts'
import { reasonUnfilled } from '../../core/variables/index.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { deploymentsAsked } from './filters/across.ts'
import { flowRunToWire } from './flow-runs.ts'
import { pageOf, pageToWire, sliceOf, sortOf } from './slices.ts'
import { wireState } from './states.ts'
import { idParameter, orDefault, refuse, time } from './wire.ts'

const changeable = {
  version: z.string().nullish(),
  description: z.string().nullish(),
  paused: z.boolean().nullish(),
  tags: z.array(z.string()).nullish(),
  labels: jsonObject.nullish(),
  parameters: jsonObject.nullish(),
  parameter_openapi_schema: jsonObject.nullish(),
  enforce_parameter_schema: z.boolean().nullish(),
  job_variables: jsonObject.nullish(),
  pull_steps: z.array(jsonObject).nullish(),
  path: z.string().nullish(),
  entrypoint: z.string().nullish(),
}

const changeOf = z.object(changeable).transform(body => ({
  version: body.version,
  description: body.description,
  isPaused: body.paused ?? undefined,
  tags: body.tags ?? undefined,
  labels: body.labels ?? undefined,
  parameters: body.parameters ?? undefined,
  parameterOpenapiSchema: body.parameter_openapi_schema,
  enforceParameterSchema: body.enforce_parameter_schema ?? undefined,
  jobVariables: body.job_variables ?? undefined,
  pullSteps: body.pull_steps,
  path: body.path,
  entrypoint: body.entrypoint,
}))

const identity = z.object({ name: z.string(), flow_id: uuid })
const byName = z.object({ flowName: z.string(), name: z.string() })

const newRun = z.object({
  name: z.string().nullish(),
  parameters: orDefault(jsonObject, () => ({})),
  context: orDefault(jsonObject, () => ({})),
  tags: orDefault(z.array(z.string()), () => []),
  labels: orDefault(jsonObject, () => ({})),
  job_variables: orDefault(jsonObject, () => ({})),
  empirical_policy: orDefault(jsonObject, () => ({})),
  idempotency_key: z.string().nullish(),
  parent_task_run_id: uuid.nullish(),
  state: wireState.nullish(),
})

const asked = (request: FastifyRequest) => ({ also: deploymentsAsked.parse(request.body ?? {}) })

export function deploymentRoutes(app: FastifyInstance): void {
  app.post('/deployments/', async (request, reply) => {
    const { name, flow_id } = identity.parse(request.body)
    const { deployment, isNew } = await applyDeployment(request.ctx, { name, flowId: flow_id, ...changeOf.parse(request.body) })
    return reply.code(isNew ? 201 : 200).send(toWire(deployment))
  })

  app.get('/deployments/:id', async request => toWire(await findDeployment(request.ctx, idParameter(request.params))))

  app.get('/deployments/name/:flowName/:name', async request =>
    toWire(await findDeploymentByName(request.ctx, byName.parse(request.params))),
  )

  app.patch('/deployments/:id', async (request, reply) => {
    await updateDeployment(request.ctx, { ...idParameter(request.params), ...changeOf.parse(request.body) })
    return reply.code(204).send()
  })

  app.delete('/deployments/:id', async (request, reply) => {
    await deleteDeployment(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })

  app.post('/deployments/:id/create_flow_run', async (request, reply) => {
    const { id } = idParameter(request.params)
    const body = newRun.parse(request.body ?? {})
    const { run, state, isNew } = await createFlowRunFromDeployment(request.ctx, {
      deploymentId: id,
      name: body.name || null,
      parameters: body.parameters,
      context: body.context,
      tags: body.tags,
      labels: body.labels,
      jobVariables: body.job_variables,
      empiricalPolicy: body.empirical_policy,
      idempotencyKey: body.idempotency_key,
      parentTaskRunId: body.parent_task_run_id,
      state: body.state,
    }).catch(asBadRequest)
    return reply.code(isNew ? 201 : 200).send(flowRunToWire(run, state, request.ctx.clock.now()))
  })

  const slice = async (request: FastifyRequest, range: ReturnType<typeof sliceOf>) => {
    const orderBy = sortOf(request, deploymentSliceOrders, 'NAME_ASC')
    return (await sliceDeployments(request.ctx, { ...range, ...asked(request), orderBy })).map(toWire)
  }
  const count = async (request: FastifyRequest) => (await countDeployments(request.ctx, { ...asked(request), countAll: true })).value

  app.post('/deployments/filter', request => slice(request, sliceOf(request)))
  app.post('/deployments/count', count)
  app.post('/deployments/paginate', async request => {
    const page = pageOf(request)
    return pageToWire(await slice(request, page.slice), await count(request), page)
  })
}

/** What stands for a parameter and has no value is a bad request at the peer, where other mistakes in a body are invalid. */
function asBadRequest(error: unknown): never {
  const reason = reasonUnfilled(error)
  throw reason === undefined ? error : refuse(400, reason)
}

const toWire = (deployment: DeploymentRecord) => ({
  id: deployment.id,
  created: time(deployment.created),
  updated: time(deployment.updated),
  name: deployment.name,
  version: deployment.version ?? null,
  description: deployment.description ?? null,
  flow_id: deployment.flowId,
  paused: deployment.isPaused,
  concurrency_limit: null,
  concurrency_options: null,
  global_concurrency_limit: null,
  schedules: [],
  job_variables: deployment.jobVariables,
  parameters: deployment.parameters,
  pull_steps: deployment.pullSteps ?? null,
  tags: deployment.tags,
  labels: deployment.labels,
  work_queue_name: null,
  work_queue_id: null,
  work_pool_name: null,
  last_polled: null,
  parameter_openapi_schema: deployment.parameterOpenapiSchema ?? {},
  path: deployment.path ?? null,
  entrypoint: deployment.entrypoint ?? null,
  storage_document_id: null,
  infrastructure_document_id: null,
  created_by: deployment.createdBy ?? null,
  updated_by: deployment.updatedBy ?? null,
  enforce_parameter_schema: deployment.enforceParameterSchema,
  status: 'NOT_READY',
})
