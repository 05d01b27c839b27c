import { z } from 'zod'
import { atLeast, oneOf } from '../../kernel/filters.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'
import { query } from '../../kernel/operation.ts'
import { by } from '../../kernel/paging.ts'
import { FlowRun, flowRunConditions } from '../flow-runs/index.ts'
import { TaskRun, TaskRunState } from '../task-runs/index.ts'
import { type GraphNode, type GraphState, type GraphSubflow, type GraphTaskRun, graphOf } from './run-graph.rules.ts'

export const MOST_NODES = 10_000

export interface RunGraph {
  /** Those expected first come first. */
  readonly nodes: readonly GraphNode[]
  /** False when there are more task runs than were asked for. */
  readonly isWhole: boolean
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
  }),
  needs: 'task-run:read',
  async run(ctx, { flowRunId, startedSince, most }): Promise<RunGraph> {
    const where = [...oneOf('flowRunId', [flowRunId]), ...atLeast('startTime', startedSince)]
    const found = await ctx.read.select({
      entity: TaskRun,
      where,
      orderBy: by('sortTime', 'asc'),
      properties: runProperties,
      limit: most + 1,
    })
    const runs = found.slice(0, most) as unknown as GraphTaskRun[]
    const subflows = await ctx.read.select({
      entity: FlowRun,
      where: flowRunConditions({ parentFlowRunIds: [flowRunId] }),
      orderBy: by('sortTime', 'asc'),
      properties: ['id', 'name', 'parentTaskRunId', 'stateType', 'startTime', 'endTime', 'sortTime'],
      limit: most,
    })
    const states: GraphState[] = []
    for (let from = 0; from < runs.length; from += CHUNK) {
      const ids = runs.slice(from, from + CHUNK).map(({ id }) => id)
      states.push(...((await ctx.read.select(historiesOf(ids))) as unknown as GraphState[]))
      await new Promise<void>(resolve => ctx.clock.nextTurn(resolve))
    }
    return { nodes: graphOf(runs, states, subflows as unknown as GraphSubflow[]), isWhole: found.length <= most }
  },
})

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
