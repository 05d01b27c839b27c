import {
  countFlowRuns,
  flowRunDetailsByIds,
  type flowRunOrders,
  flowRunStatesByIds,
  flowRunsByIds,
  listFlowRunStates,
  listFlowRuns,
} from '../../core/flow-runs/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { Flow } from './flows.ts'
import { runTimes } from './run-times.ts'
import { State, StateType } from './states.ts'

/** Lists leave the large JSON out; a field that asks for it loads it. */
type Listed = Omit<FlowRunRecord, 'parameters' | 'context'> & Partial<Pick<FlowRunRecord, 'parameters' | 'context'>>

export const FlowRun = builder.objectRef<Listed>('FlowRun').implement({
  description: 'One run of a flow.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'Given, or coined by the server.' }),
    flow: t.field({
      type: Flow,
      description: 'What it is a run of.',
      extensions: asks(flowsByIds),
      resolve: async (run, _args, { loaders }) => (await loaders.flows.load(run.flowId))!,
    }),
    flowId: t.expose('flowId', { type: 'UUID', description: 'Id of its flow.' }),
    flowVersion: t.exposeString('flowVersion', { nullable: true, description: 'Version of the flow’s code, as the SDK told.' }),
    deploymentId: t.expose('deploymentId', { type: 'UUID', nullable: true, description: 'The deployment it was made from.' }),
    parentTaskRunId: t.expose('parentTaskRunId', {
      type: 'UUID',
      nullable: true,
      description: 'The task run that stands for it in its parent, when it is a subflow.',
    }),
    state: t.field({
      type: State,
      nullable: true,
      description: 'The state it is in.',
      extensions: asks(flowRunStatesByIds),
      resolve: async (run, _args, { loaders }) => (run.stateId ? ((await loaders.flowRunStates.load(run.stateId)) ?? null) : null),
    }),
    stateType: t.field({ type: StateType, nullable: true, description: 'Kind of that state.', resolve: run => run.stateType }),
    stateName: t.exposeString('stateName', { nullable: true, description: 'Name of that state.' }),
    stateTimestamp: t.expose('stateTimestamp', { type: 'DateTime', nullable: true, description: 'When it entered that state.' }),
    version: t.exposeInt('version', { description: 'How many states it has had; of two readings the one with more is newer.' }),
    tags: t.stringList({ description: 'Its tags.', resolve: run => [...run.tags] }),
    labels: t.field({ type: 'JSON', description: 'Labels given by the SDK or a worker.', resolve: run => run.labels }),
    parameters: t.field({
      type: 'JSON',
      description: 'What the flow was called with.',
      extensions: asks(flowRunDetailsByIds),
      resolve: async (run, _args, { loaders }) => run.parameters ?? (await loaders.flowRunDetails.load(run.id))?.parameters ?? {},
    }),
    context: t.field({
      type: 'JSON',
      description: 'Context given by the caller.',
      extensions: asks(flowRunDetailsByIds),
      resolve: async (run, _args, { loaders }) => run.context ?? (await loaders.flowRunDetails.load(run.id))?.context ?? {},
    }),
    empiricalPolicy: t.field({ type: 'JSON', description: 'Retries and pauses, by the SDK’s keys.', resolve: run => run.empiricalPolicy }),
    idempotencyKey: t.exposeString('idempotencyKey', { nullable: true, description: 'The key under which it was made only once.' }),
    runCount: t.exposeInt('runCount', { description: 'How often it has started running.' }),
    ...runTimes(t),
    states: t.field({
      type: [State],
      description: 'Every state it was in, oldest first.',
      extensions: asks(listFlowRunStates),
      resolve: (run, _args, { loaders }) => loaders.flowRunHistories.load(run.id),
    }),
  }),
})

export const FlowRunFilter = builder.inputType('FlowRunFilter', {
  description: 'Which runs are meant. Parts are joined by "and"; the same filter serves lists and subscriptions.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    idPrefix: t.string({ description: 'Whose id begins so: 8 to 32 hexadecimal digits, with or without hyphens.' }),
    flowIds: t.field({ type: ['UUID'], description: 'Of any of these flows.' }),
    flowNames: t.stringList({ description: 'Of a flow named exactly one of these.' }),
    deploymentIds: t.field({ type: ['UUID'], description: 'Made from any of these deployments.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    stateTypes: t.field({ type: [StateType], description: 'In a state of any of these kinds; of a change: entering one.' }),
    stateNames: t.stringList({ description: 'In a state named exactly one of these.' }),
    states: t.stringList({ description: 'In a state of any of these kinds or names: `["FAILED", "Late"]`; of a change: entering one.' }),
    tags: t.stringList({ description: 'Carrying all of these.' }),
    parentTaskRunIds: t.field({ type: ['UUID'], description: 'Subflows of any of these task runs.' }),
    parentFlowRunIds: t.field({ type: ['UUID'], description: 'Subflows of any of these flow runs.' }),
    isSubflow: t.boolean({ description: 'Subflows only, or none of them.' }),
    expectedStartTimeAfter: t.field({ type: 'DateTime', description: 'Expected to start then or later.' }),
    expectedStartTimeBefore: t.field({ type: 'DateTime', description: 'Expected to start then or earlier.' }),
  }),
})

const FlowRunOrder = builder.enumType('FlowRunOrder', {
  description: 'How runs are ordered.',
  values: {
    EXPECTED_START_TIME_DESC: { description: 'Newest first.' },
    EXPECTED_START_TIME_ASC: { description: 'Oldest first.' },
  } satisfies Record<(typeof flowRunOrders)[number], { description: string }>,
})

const FlowRunConnection = connectionType('FlowRun', FlowRun, countFlowRuns)

export const filterArg = { type: FlowRunFilter, description: 'Which.' } as const

builder.queryFields(t => ({
  flowRuns: t.field({
    type: FlowRunConnection,
    description: 'Flow runs of the workspace.',
    args: {
      ...pageArgs(),
      filter: t.arg(filterArg),
      orderBy: t.arg({ type: FlowRunOrder, defaultValue: 'EXPECTED_START_TIME_DESC', description: 'In which order.' }),
    },
    extensions: asks(listFlowRuns),
    async resolve(_root, { filter, orderBy, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return {
        cursor,
        page: await listFlowRuns(ctx, { ...paging(page), filter, orderBy: orderBy ?? undefined }),
        count: () => countFlowRuns(ctx, { filter }),
      }
    },
  }),
  flowRun: t.field({
    type: FlowRun,
    nullable: true,
    description: 'One flow run; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(flowRunsByIds),
    resolve: async (_root, { id }, { loaders }) => (await loaders.flowRuns.load(id)) ?? null,
  }),
}))

builder.objectField(Flow, 'flowRuns', t =>
  t.field({
    type: FlowRunConnection,
    description: 'Its runs.',
    args: {
      ...pageArgs(),
      filter: t.arg(filterArg),
      orderBy: t.arg({ type: FlowRunOrder, defaultValue: 'EXPECTED_START_TIME_DESC', description: 'In which order.' }),
    },
    extensions: asks(listFlowRuns),
    async resolve(flow, { filter, orderBy, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      const own = { ...filter, flowIds: filter?.flowIds ? filter.flowIds.filter((id: string) => id === flow.id) : [flow.id] }
      return {
        cursor,
        page: await listFlowRuns(ctx, { ...paging(page), filter: own, orderBy: orderBy ?? undefined }),
        count: () => countFlowRuns(ctx, { filter: own }),
      }
    },
  }),
)
