import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { flowRunStatesByIds, listFlowRunStates } from '../../core/flow-runs/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { stateToWire } from './states.ts'
import { idParameter } from './wire.ts'

const ofRun = z.object({ flow_run_id: z.guid().toLowerCase() })

export function flowRunStateRoutes(app: FastifyInstance): void {
  app.get('/flow_run_states/', async request => {
    const { flow_run_id } = ofRun.parse(request.query)
    return (await listFlowRunStates(request.ctx, { flowRunIds: [flow_run_id] })).map(stateToWire)
  })

  app.get('/flow_run_states/:id', async request => {
    const { id } = idParameter(request.params)
    const [state] = await flowRunStatesByIds(request.ctx, { ids: [id] })
    if (!state) throw notFound('Flow run state', id)
    return stateToWire(state)
  })
}
