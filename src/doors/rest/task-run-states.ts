import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { listTaskRunStates, taskRunStatesByIds } from '../../core/task-runs/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { stateToWire } from './states.ts'
import { idParameter } from './wire.ts'

const ofRun = z.object({ task_run_id: z.guid().toLowerCase() })

export function taskRunStateRoutes(app: FastifyInstance): void {
  app.get('/task_run_states/', async request => {
    const { task_run_id } = ofRun.parse(request.query)
    return (await listTaskRunStates(request.ctx, { taskRunIds: [task_run_id] })).map(stateToWire)
  })

  app.get('/task_run_states/:id', async request => {
    const { id } = idParameter(request.params)
    const [state] = await taskRunStatesByIds(request.ctx, { ids: [id] })
    if (!state) throw notFound('Task run state', id)
    return stateToWire(state)
  })
}
