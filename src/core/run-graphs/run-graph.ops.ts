import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { atLeast, type Condition, oneOf } from '../../kernel/filters.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { by, decodeKey, encodeKey } from '../../kernel/paging.ts'
import { FlowRun, flowRunConditions } from '../flow-runs/index.ts'
import type { TaskRunRecord } from '../orchestration/index.ts'
import type { StateType } from '../states/index.ts'
import { TaskRun, TaskRunState } from '../task-runs/index.ts'
import { type GraphNode, type GraphState, type GraphSubflow, type GraphTaskRun, graphOf, namedBy } from './run-graph.rules.ts'

export const MOST_NODES = 10_000

export interface RunGraph {
  /** Those expected first come first. */
  readonly nodes: readonly GraphNode[]
  /** False when there are more behind them. */
  readonly isWhole: boolean
  /** The place of the last node; null of none. */
  readonly endCursor: string | null
  /** Of all that were asked for, also those that are not among the nodes. */
  readonly counts: ReadonlyMap<StateType | null, number>
}

const runProperties = [
  'id',
  'name',
  'taskKey',
  'stateType',
  'stateName',
  'stateTimestamp',
  'runCount',
  'expectedStartTime',
  'startTime',
  'endTime',
  'totalRunTime',
  'taskInputs',
  'sortTime',
] as const

/** Some databases take only so many values in a list. */
const CHUNK = 1_000
const MOST_STATES = 100_000

/** What happens inside a flow run, and what waits for what. */
export const readRunGraph = query('task-run.read-graph', {
  input: z.object({
    flowRunId: uuid,
    /** Only task runs that have started then or later. */
    startedSince: instantSchema.nullish(),
    most: z.int().min(1).max(MOST_NODES).default(MOST_NODES),
    /** Only those behind this place. */
    after: z.string().nullish(),
  }),
  needs: 'task-run:read',
  async run(ctx, { flowRunId, startedSince, most, after }): Promise<RunGraph> {
    const where = [...oneOf('flowRunId', [flowRunId]), ...atLeast('startTime', startedSince)]
    const orderBy = by('sortTime', 'asc')
    const found = (await ctx.read.select({
      entity: TaskRun,
      where,
      orderBy,
      properties: runProperties,
      ...(after ? { after: decodeKey(after, orderBy.length) } : {}),
      limit: most + 1,
    })) as unknown as (GraphTaskRun & Pick<TaskRunRecord, 'sortTime'>)[]
    const runs = found.slice(0, most)
    const isWhole = found.length <= most
    const isAlone = isWhole && !after
    const last = runs.at(-1)
    const [states, subflows] = await readInside(ctx, runs)
    return {
      nodes: graphOf(runs, states, subflows, isAlone ? undefined : await findElsewhere(ctx, flowRunId, runs)),
      isWhole,
      endCursor: last ? encodeKey([last.sortTime, last.id]) : null,
      counts: isAlone ? countsOf(runs) : await countAll(ctx, where),
    }
  },
})

async function readInside(ctx: Ctx, runs: readonly GraphTaskRun[]): Promise<[GraphState[], GraphSubflow[]]> {
  const states: GraphState[] = []
  const subflows: GraphSubflow[] = []
  for (const ids of chunksOf(runs.map(({ id }) => id))) {
    states.push(...((await ctx.read.select(historiesOf(ids))) as unknown as GraphState[]))
    subflows.push(...(await selectSubflows(ctx, flowRunConditions({ parentTaskRunIds: ids }))))
    await new Promise<void>(resolve => ctx.clock.nextTurn(resolve))
  }
  return [states, subflows]
}

/** The task runs of the flow run that some others name and are not among. */
async function findElsewhere(ctx: Ctx, flowRunId: string, runs: readonly GraphTaskRun[]): Promise<ReadonlyMap<string, string>> {
  const own = new Set(runs.map(({ id }) => id))
  const named = new Set(runs.flatMap(({ taskInputs }) => Object.values(namedBy(taskInputs)).flat()))
  const found = new Map<string, string>()
  for (const ids of chunksOf([...named].filter(id => !own.has(id)))) {
    const where = [...oneOf('id', ids), ...oneOf('flowRunId', [flowRunId])]
    const others = await ctx.read.select({ entity: TaskRun, where, orderBy: [['id', 'asc']], properties: ['id'], limit: CHUNK })
    for (const { id } of others as unknown as { id: string }[]) found.set(id, id)
    for (const { id, parentTaskRunId } of await selectSubflows(ctx, flowRunConditions({ ids, parentFlowRunIds: [flowRunId] })))
      if (parentTaskRunId) found.set(id, parentTaskRunId)
  }
  return found
}

const selectSubflows = async (ctx: Ctx, where: readonly Condition[]): Promise<GraphSubflow[]> =>
  (await ctx.read.select({
    entity: FlowRun,
    where,
    orderBy: by('sortTime', 'asc'),
    properties: ['id', 'name', 'parentTaskRunId', 'stateType', 'startTime', 'endTime', 'sortTime'],
    limit: MOST_NODES,
  })) as unknown as GraphSubflow[]

const countAll = async (ctx: Ctx, where: readonly Condition[]): Promise<RunGraph['counts']> =>
  (await ctx.read.countBy({ entity: TaskRun, where, property: 'stateType' })).counts as RunGraph['counts']

const countsOf = (runs: readonly GraphTaskRun[]): RunGraph['counts'] =>
  new Map([...Map.groupBy(runs, ({ stateType }) => stateType)].map(([type, some]) => [type, some.length]))

function* chunksOf(ids: readonly string[]): Generator<string[]> {
  for (let from = 0; from < ids.length; from += CHUNK) yield ids.slice(from, from + CHUNK)
}

const historiesOf = (taskRunIds: readonly string[]) => ({
  entity: TaskRunState,
  where: oneOf('taskRunId', taskRunIds),
  orderBy: [
    ['taskRunId', 'asc'],
    ['timestamp', 'asc'],
    ['id', 'asc'],
  ] as const,
  properties: ['id', 'taskRunId', 'type', 'name', 'timestamp'],
  limit: MOST_STATES,
})
