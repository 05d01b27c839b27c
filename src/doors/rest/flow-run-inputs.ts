import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  createFlowRunInput,
  deleteFlowRunInput,
  type FlowRunInputRecord,
  findFlowRunInput,
  listFlowRunInputs,
  resumeFlowRun,
} from '../../core/flow-run-inputs/index.ts'
import { jsonObject } from '../../kernel/inputs.ts'
import { transitionToWire } from './flow-runs.ts'
import { idParameter, orDefault, time } from './wire.ts'

const newInput = z.object({
  key: z.string().regex(/^[\w-]+$/, 'must be letters, digits, underscores and dashes'),
  value: z.string(),
  sender: z.string().nullish(),
})
const wanted = z.object({ prefix: z.string(), limit: orDefault(z.int(), () => 1), exclude_keys: orDefault(z.array(z.string()), () => []) })
const keyInPath = z.object({ key: z.string() })
const resumption = z.object({ run_input: jsonObject.nullish() })

const oneInput = (parameters: unknown) => ({ flowRunId: idParameter(parameters).id, ...keyInPath.parse(parameters) })

export function flowRunInputRoutes(app: FastifyInstance): void {
  app.post('/flow_runs/:id/resume', async (request, reply) => {
    const { run_input } = resumption.parse(request.body ?? {})
    const answer = await resumeFlowRun(request.ctx, { ...idParameter(request.params), runInput: run_input })
    return reply.code(answer.isWritten ? 201 : 200).send(transitionToWire(answer))
  })

  app.post('/flow_runs/:id/input', async (request, reply) => {
    const { id } = idParameter(request.params)
    await createFlowRunInput(request.ctx, { flowRunId: id, ...newInput.parse(request.body) })
    return reply.code(201).type('application/json').send('null')
  })

  app.post('/flow_runs/:id/input/filter', async request => {
    const { id } = idParameter(request.params)
    const { prefix, limit, exclude_keys } = wanted.parse(request.body)
    return (await listFlowRunInputs(request.ctx, { flowRunId: id, prefix, limit, exclude: exclude_keys })).map(toWire)
  })

  app.get('/flow_runs/:id/input/:key', async (request, reply) => {
    const { value } = await findFlowRunInput(request.ctx, oneInput(request.params))
    return reply.type('text/plain; charset=utf-8').send(value)
  })

  app.delete('/flow_runs/:id/input/:key', async (request, reply) => {
    await deleteFlowRunInput(request.ctx, oneInput(request.params))
    return reply.code(204).send()
  })
}

const toWire = (input: FlowRunInputRecord) => ({
  id: input.id,
  created: time(input.created),
  updated: time(input.updated),
  flow_run_id: input.flowRunId,
  key: input.key,
  value: input.value,
  sender: input.sender ?? null,
})
