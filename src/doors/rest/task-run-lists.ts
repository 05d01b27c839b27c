import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countTaskRuns, sliceTaskRuns, taskRunHistory, taskRunSliceOrders } from '../../core/task-runs/index.ts'
import { taskRunsAsked } from './filters/across.ts'
import { historyRange, intervalToWire } from './history.ts'
import { pageOf, pageToWire, sliceOf, sortOf } from './slices.ts'
import { taskRunToWire } from './task-runs.ts'

const asked = (request: FastifyRequest) => ({ also: taskRunsAsked.parse(request.body ?? {}) })

/** Lists and counts of task runs. */
export function taskRunListRoutes(app: FastifyInstance): void {
  const slice = async (request: FastifyRequest, range: ReturnType<typeof sliceOf>) => {
    const orderBy = sortOf(request, taskRunSliceOrders, 'ID_DESC')
    const found = await sliceTaskRuns(request.ctx, { ...range, ...asked(request), orderBy })
    return found.map(one => taskRunToWire(one, request.ctx.clock.now()))
  }
  const count = async (request: FastifyRequest) => (await countTaskRuns(request.ctx, { ...asked(request), countAll: true })).value

  app.post('/task_runs/filter', request => slice(request, sliceOf(request)))
  app.post('/task_runs/count', count)
  app.post('/task_runs/paginate', async request => {
    const page = pageOf(request)
    return pageToWire(await slice(request, page.slice), await count(request), page)
  })
  app.post('/task_runs/history', async request =>
    (await taskRunHistory(request.ctx, { ...historyRange(request), ...asked(request) })).map(intervalToWire),
  )
}
