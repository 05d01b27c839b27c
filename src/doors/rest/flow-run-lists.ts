import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  countFlowRuns,
  deleteFlowRun,
  flowRunHistory,
  flowRunLateness,
  flowRunSliceOrders,
  setFlowRunState,
  sliceFlowRuns,
} from '../../core/flow-runs/index.ts'
import { isAppError } from '../../kernel/errors.ts'
import { flowRunsAsked } from './filters/across.ts'
import { flowRunFilter } from './filters/flow-run-filter.ts'
import { flowRunToWire, transitionToWire } from './flow-runs.ts'
import { historyRange, intervalToWire } from './history.ts'
import { bulkLimit, pageOf, pageToWire, sliceOf, sortOf } from './slices.ts'
import { wireState } from './states.ts'
import { orDefault, secondsOf } from './wire.ts'

/** The history calls this filter by another name than all the other lists do. */
const queuesByAnotherName = z.looseObject({}).transform(({ work_queues, ...body }) => ({ work_pool_queues: work_queues, ...body }))
const bulk = z.object({ flow_runs: flowRunFilter.nullish(), limit: bulkLimit })
const bulkState = bulk.extend({ state: wireState, force: orDefault(z.boolean(), () => false) })

const asked = (request: FastifyRequest) => ({ also: flowRunsAsked.parse(request.body ?? {}) })

/** Lists, counts and bulk changes of flow runs. */
export function flowRunListRoutes(app: FastifyInstance): void {
  const slice = async (request: FastifyRequest, range: ReturnType<typeof sliceOf>) => {
    const orderBy = sortOf(request, flowRunSliceOrders, 'ID_DESC')
    const found = await sliceFlowRuns(request.ctx, { ...range, ...asked(request), orderBy })
    return found.map(({ run, state }) => flowRunToWire(run, state, request.ctx.clock.now()))
  }
  const count = async (request: FastifyRequest) => (await countFlowRuns(request.ctx, { ...asked(request), countAll: true })).value

  app.post('/flow_runs/filter', request => slice(request, sliceOf(request)))
  app.post('/flow_runs/count', count)
  app.post('/flow_runs/paginate', async request => {
    const page = pageOf(request)
    return pageToWire(await slice(request, page.slice), await count(request), page)
  })

  app.post('/flow_runs/history', async request => {
    const range = historyRange(request)
    const also = flowRunsAsked.parse(queuesByAnotherName.parse(request.body))
    return (await flowRunHistory(request.ctx, { ...range, also })).map(intervalToWire)
  })

  app.post('/flow_runs/lateness', async (request, reply) => {
    const lateness = await flowRunLateness(request.ctx, asked(request))
    return reply.type('application/json').send(JSON.stringify(lateness && secondsOf(lateness)))
  })

  app.post('/flow_runs/bulk_delete', async request => {
    const { flow_runs, limit } = bulk.parse(request.body ?? {})
    const found = await sliceFlowRuns(request.ctx, { also: flow_runs ?? [], limit })
    const deleted = await deleteFlowRun.all(
      request.ctx,
      found.map(({ run }) => ({ id: run.id })),
    )
    return { deleted: deleted.map(({ run }) => run.id) }
  })

  app.post('/flow_runs/bulk_set_state', async request => {
    const { flow_runs, limit, state, force } = bulkState.parse(request.body)
    const found = await sliceFlowRuns(request.ctx, { also: flow_runs ?? [], limit })
    const results = found.map(async ({ run }) => ({
      flow_run_id: run.id,
      ...transitionToWire(await setFlowRunState(request.ctx, { flowRunId: run.id, state, force }).catch(asAbort)),
    }))
    return { results: await Promise.all(results) }
  })
}

/** One run of many that could not even be asked, for it is gone meanwhile, is told of in its place. */
function asAbort(error: unknown) {
  if (!isAppError(error) || error.code === 'UNAVAILABLE') throw error
  return { status: 'ABORT' as const, reason: error.message, delaySeconds: null, state: null }
}
