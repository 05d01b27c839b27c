import { z } from 'zod'
import type { CommandEnv, Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { matches, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { cappedCount, countInput, countUpTo, mostCounted, pageInput, readByIds, readPage } from '../../kernel/paging.ts'
import type { StoredRecord } from '../../kernel/storage.ts'
import { findDeployment } from '../deployments/index.ts'
import { Flow } from '../flows/index.ts'
import { command, type FlowRecord, type FlowRunRecord, minimalFlowPolicy } from '../orchestration/index.ts'
import { FlowRunRollup } from '../rollups/index.ts'
import type { StateRecord } from '../states/index.ts'
import { fillPlaceholders, variablesOf } from '../variables/index.ts'
import { countedConditions } from './flow-run.counts.ts'
import { FlowRun } from './flow-run.entity.ts'
import type { FlowRunStateChange } from './flow-run.events.ts'
import { type FlowRunFilter, flowRunConditions, flowRunFilter, ParentTaskRun } from './flow-run.filter.ts'
import { type NewFlowRun, newFlowRun, refuseLargeParameters, toProposal } from './flow-run.inputs.ts'
import { coinName } from './flow-run.rules.ts'
import { FlowRunState } from './flow-run-state.entity.ts'
import { type FlowRunAnswer, propose } from './flow-run-transitions.ops.ts'

/** A new run, with its first state if one is given. The same idempotency key on the same flow answers the run it made before, untouched. */
export const createFlowRun = command('flow-run.create', {
  input: newFlowRun,
  needs: 'flow-run:write',
  reads: ({ flowId, idempotencyKey, parentTaskRunId }) => ({
    flows: [flowId],
    ...(parentTaskRunId ? { taskRuns: [parentTaskRunId] } : {}),
    ...(idempotencyKey ? { idempotencyKeys: [{ flowId, key: idempotencyKey }] } : {}),
  }),
  apply(env, batch, input): FlowRunAnswer & { isNew: boolean } {
    const flow = batch.flow(env.workspace.id, input.flowId)
    const existing = input.idempotencyKey ? batch.flowRunByKey(flow.id, input.idempotencyKey) : undefined
    if (existing) return { run: existing.run, state: existing.state, isNew: false }
    refuseLargeParameters(env, input.parameters)
    const run = blankRun(env, flow, input)
    batch.insertFlowRun(run, flow.name)
    if (!input.state) return { run, state: null, isNew: true }
    const { run: entered, state } = propose(env, batch, run.id, toProposal(input.state), minimalFlowPolicy)
    return { run: entered, state, isNew: true }
  },
})

/** A run of a deployment: its parameters and tags with the caller's over them, scheduled for now unless another state is given. */
export const createFlowRunFromDeployment = mutation('flow-run.create-from-deployment', {
  input: newFlowRun.omit({ flowId: true, deploymentId: true, flowVersion: true }).extend({ deploymentId: uuid }),
  needs: 'flow-run:write',
  async run(ctx, { deploymentId, ...input }) {
    const deployment = await findDeployment(ctx, { id: deploymentId })
    const given = { ...deployment.parameters, ...input.parameters }
    const parameters = await fillPlaceholders(given, { ...variablesOf(ctx), field: 'parameters', called: 'flow run parameters' })
    return createFlowRun(ctx, {
      ...input,
      deploymentId,
      flowId: deployment.flowId,
      flowVersion: deployment.version,
      parameters,
      tags: [...new Set([...deployment.tags, ...input.tags])],
      labels: { ...deployment.labels, 'prefect.deployment.id': deployment.id, ...input.labels },
      jobVariables: { ...input.jobVariables },
      state: input.state ?? { type: 'SCHEDULED' },
    })
  },
  subject: (_input, { run }) => run.id,
})

function blankRun(env: CommandEnv, flow: FlowRecord, input: NewFlowRun): FlowRunRecord {
  return {
    id: env.ids.uuid(),
    workspaceId: env.workspace.id,
    flowId: input.flowId,
    deploymentId: input.deploymentId ?? null,
    parentTaskRunId: input.parentTaskRunId ?? null,
    name: input.name ?? coinName(env.ids.random),
    flowVersion: input.flowVersion ?? null,
    idempotencyKey: input.idempotencyKey || null,
    parameters: input.parameters,
    context: input.context,
    empiricalPolicy: input.empiricalPolicy,
    tags: [...new Set(input.tags)],
    labels: { ...flow.labels, 'prefect.flow.id': flow.id, ...input.labels },
    infrastructurePid: null,
    jobVariables: input.jobVariables,
    stateId: null,
    stateType: null,
    stateName: null,
    stateTimestamp: null,
    version: 0,
    runCount: 0,
    expectedStartTime: null,
    nextScheduledStartTime: null,
    startTime: null,
    endTime: null,
    totalRunTime: 0,
    sortTime: env.now,
    createdBy: { id: env.actor.id, type: env.actor.kind, display_value: env.actor.name },
    created: env.now,
    updated: env.now,
  }
}

const byIds = z.object({ ids: z.array(uuid).max(1000) })

export const findFlowRun = query('flow-run.find', {
  input: z.object({ id: uuid }),
  needs: 'flow-run:read',
  async run(ctx, { id }): Promise<FlowRunAnswer> {
    const [run] = await readByIds<FlowRunRecord>(ctx.read, FlowRun, [id])
    if (!run) throw notFound('Flow run', id)
    const [state] = run.stateId ? await readByIds<StateRecord>(ctx.read, FlowRunState, [run.stateId]) : []
    return { run, state: state ?? null }
  },
})

/** In the order asked; undefined where there is none. */
export const flowRunsByIds = query('flow-run.by-ids', {
  input: byIds,
  needs: 'flow-run:read',
  run: (ctx, { ids }) => readByIds<FlowRunRecord>(ctx.read, FlowRun, ids),
})

export const flowRunStatesByIds = query('flow-run-state.by-ids', {
  input: byIds,
  needs: 'flow-run:read',
  run: (ctx, { ids }) => readByIds<StateRecord>(ctx.read, FlowRunState, ids),
})

/** The large JSON of runs, which lists leave out. */
export const flowRunDetailsByIds = query('flow-run.details-by-ids', {
  input: byIds,
  needs: 'flow-run:read',
  run: (ctx, { ids }) =>
    readByIds<Pick<FlowRunRecord, 'id' | 'parameters' | 'context'>>(ctx.read, FlowRun, ids, ['id', 'parameters', 'context']),
})

/** The whole histories of some runs, each oldest first. */
export const listFlowRunStates = query('flow-run-state.list', {
  input: z.object({ flowRunIds: z.array(uuid).max(200) }),
  needs: 'flow-run:read',
  run: async (ctx, { flowRunIds }) =>
    (await ctx.read.select({
      entity: FlowRunState,
      where: [{ is: 'oneOf', property: 'flowRunId', values: flowRunIds }],
      orderBy: [
        ['flowRunId', 'asc'],
        ['ordinal', 'asc'],
      ],
      limit: 100_000,
    })) as unknown as StateRecord[],
})

/** Lists leave the large JSON out. */
export type ListedFlowRun = Omit<FlowRunRecord, 'parameters' | 'context'>

export const listedProperties = Object.keys(FlowRun.meta.properties).filter(name => name !== 'parameters' && name !== 'context')

export const flowRunOrders = ['EXPECTED_START_TIME_DESC', 'EXPECTED_START_TIME_ASC'] as const

export const listFlowRuns = query('flow-run.list', {
  input: z.object({ ...pageInput, filter: flowRunFilter.nullish(), orderBy: z.enum(flowRunOrders).default('EXPECTED_START_TIME_DESC') }),
  needs: 'flow-run:read',
  async run(ctx, { first, after, filter, orderBy }) {
    const direction = orderBy === 'EXPECTED_START_TIME_DESC' ? 'desc' : 'asc'
    return readPage<ListedFlowRun>(ctx.read, {
      entity: FlowRun,
      where: flowRunConditions(await byFlowIds(ctx, filter)),
      orderBy: [
        ['sortTime', direction],
        ['id', direction],
      ],
      properties: listedProperties,
      first,
      after,
    })
  },
})

const filterInput = z.object({ filter: flowRunFilter.nullish() })

export const countFlowRuns = query('flow-run.count', {
  input: filterInput.extend(countInput),
  needs: 'flow-run:read',
  async run(ctx, { filter: asked, also = [], countAll }) {
    const filter = await byFlowIds(ctx, asked)
    const counted = also.length === 0 ? countedConditions(filter) : undefined
    if (!counted) return countUpTo(ctx.read, { entity: FlowRun, where: [...flowRunConditions(filter), ...also] }, mostCounted(countAll))
    const { rows } = await ctx.read.sumBy({ entity: FlowRunRollup, where: counted, sum: 'count', by: [] })
    return cappedCount(
      rows.reduce((total, { sum }) => total + sum, 0),
      mostCounted(countAll),
    )
  },
})

/** The same runs by the ids of the flows that were named: those lead into an index, and roll-ups know them. */
async function byFlowIds(ctx: Ctx, filter: FlowRunFilter | null | undefined): Promise<FlowRunFilter | null | undefined> {
  if (!filter?.flowNames) return filter
  const { flowNames, flowIds, ...other } = filter
  const flows = await ctx.read.select({
    entity: Flow,
    where: [...oneOf('name', flowNames), ...oneOf('id', flowIds)],
    orderBy: [['id', 'asc']],
    properties: ['id'],
    limit: flowNames.length,
  })
  return { ...other, flowIds: flows.map(({ id }) => id as string) }
}

/** Completes state changes read from the log: the run as it is now, the state as it was, and only what the filter asks for. A run deleted since is left out. */
export const flowRunStateChanges = query('flow-run.state-changes', {
  input: z.object({ changes: z.array(z.custom<FlowRunStateChange>()), filter: flowRunFilter.nullish() }),
  needs: 'flow-run:read',
  async run(ctx, { changes, filter }) {
    const conditions = flowRunConditions(filter)
    const runs = await readByIds<FlowRunRecord>(
      ctx.read,
      FlowRun,
      changes.map(change => change.flowRunId),
    )
    const states = await readByIds<StateRecord>(
      ctx.read,
      FlowRunState,
      changes.map(change => change.stateId),
    )
    const parents = filter?.parentFlowRunIds ? await parentsOf(ctx, runs) : []
    return changes.flatMap((change, index) => {
      const run = runs[index]
      const state = states[index]
      if (!run || !state) return []
      const told = { stateType: state.type, stateName: state.name, flow: { name: change.flowName } }
      const subject = { ...run, ...told, parentTaskRun: parents[index] }
      return matches(conditions, subject) ? [{ run, state, previousState: change.previousState, occurred: change.occurred }] : []
    })
  },
})

/** The task runs that stand for some runs in their parents; undefined where there is none. */
async function parentsOf(ctx: Ctx, runs: readonly (FlowRunRecord | undefined)[]): Promise<(StoredRecord | undefined)[]> {
  const ids = runs.flatMap(run => run?.parentTaskRunId ?? [])
  const found = await readByIds<StoredRecord>(ctx.read, ParentTaskRun, ids)
  const byId = new Map(ids.map((id, index) => [id, found[index]]))
  return runs.map(run => (run?.parentTaskRunId ? byId.get(run.parentTaskRunId) : undefined))
}
