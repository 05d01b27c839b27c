import { flowRunsByIds, sliceFlowRuns } from '../../core/flow-runs/index.ts'
import type { TaskRunRecord } from '../../core/orchestration/index.ts'
import type { StateType as StateTypeName } from '../../core/states/index.ts'
import {
  countTaskRuns,
  countTaskRunsByState,
  listTaskRunStates,
  listTaskRuns,
  type taskRunOrders,
  taskRunStatesByIds,
  taskRunsByIds,
} from '../../core/task-runs/index.ts'
import { asks, builder, type GraphqlContext } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { everyType, StateCount } from './flow-run-counts.ts'
import { FlowRun } from './flow-runs.ts'
import { runTimes } from './run-times.ts'
import { State, StateType } from './states.ts'

export const TaskRun = builder.objectRef<TaskRunRecord>('TaskRun').implement({
  description: 'One call of a task, in a flow run or in the background.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'Given by the SDK.' }),
    flowRun: t.field({
      type: FlowRun,
      nullable: true,
      description: 'The flow run it is in; null in the background.',
      extensions: asks(flowRunsByIds),
      resolve: async (run, _args, { loaders }) => (run.flowRunId ? ((await loaders.flowRuns.load(run.flowRunId)) ?? null) : null),
    }),
    flowRunId: t.expose('flowRunId', { type: 'UUID', nullable: true, description: 'Id of that flow run.' }),
    subflowRun: t.field({
      type: FlowRun,
      nullable: true,
      description: 'The subflow that it stands for, when it does.',
      extensions: asks(sliceFlowRuns),
      resolve: async (run, _args, { loaders }) => (await loaders.subflowRuns.load(run.id)) ?? null,
    }),
    taskKey: t.exposeString('taskKey', { description: 'Which task it is a call of.' }),
    dynamicKey: t.exposeString('dynamicKey', { description: 'Tells the calls of that task in one flow run apart.' }),
    taskVersion: t.exposeString('taskVersion', { nullable: true, description: 'Version of the task’s code, as the SDK told.' }),
    cacheKey: t.exposeString('cacheKey', { nullable: true, description: 'The key under which its result may be taken over.' }),
    cacheExpiration: t.expose('cacheExpiration', { type: 'DateTime', nullable: true, description: 'Until when.' }),
    empiricalPolicy: t.field({ type: 'JSON', description: 'Retries, by the SDK’s keys.', resolve: run => run.empiricalPolicy }),
    tags: t.stringList({ description: 'Its tags.', resolve: run => [...run.tags] }),
    labels: t.field({ type: 'JSON', description: 'Labels given by the SDK, over those of its flow run.', resolve: run => run.labels }),
    taskInputs: t.field({
      type: 'JSON',
      description: 'Which runs, parameters and constants its arguments came from.',
      resolve: run => run.taskInputs,
    }),
    state: t.field({
      type: State,
      nullable: true,
      description: 'The state it is in.',
      extensions: asks(taskRunStatesByIds),
      resolve: async (run, _args, { loaders }) => (run.stateId ? ((await loaders.taskRunStates.load(run.stateId)) ?? null) : null),
    }),
    stateType: t.field({ type: StateType, nullable: true, description: 'Kind of that state.', resolve: run => run.stateType }),
    stateName: t.exposeString('stateName', { nullable: true, description: 'Name of that state.' }),
    stateTimestamp: t.expose('stateTimestamp', {
      type: 'DateTime',
      nullable: true,
      description: 'When it entered that state; of two readings the one with the later time is newer.',
    }),
    runCount: t.exposeInt('runCount', { description: 'How often it has started running.' }),
    flowRunRunCount: t.exposeInt('flowRunRunCount', { description: 'The attempt of its flow run that it last ran in.' }),
    claimedBy: t.exposeString('claimedBy', {
      nullable: true,
      description: 'The task worker that has taken it and not yet begun it, where it runs in the background.',
    }),
    ...runTimes(t),
    states: t.field({
      type: [State],
      description: 'Every state it was in, oldest first.',
      extensions: asks(listTaskRunStates),
      resolve: (run, _args, { loaders }) => loaders.taskRunHistories.load(run.id),
    }),
  }),
})

export const TaskRunFilter = builder.inputType('TaskRunFilter', {
  description: 'Which task runs are meant. Parts are joined by "and"; the same filter serves lists and subscriptions.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    idPrefix: t.string({ description: 'Whose id begins so: 8 to 32 hexadecimal digits, with or without hyphens.' }),
    flowRunIds: t.field({ type: ['UUID'], description: 'In any of these flow runs.' }),
    taskKeys: t.stringList({ description: 'Calls of any of these tasks.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    stateTypes: t.field({ type: [StateType], description: 'In a state of any of these kinds; of a change: entering one.' }),
    stateNames: t.stringList({ description: 'In a state named exactly one of these.' }),
    states: t.stringList({ description: 'In a state of any of these kinds or names; of a change: entering one.' }),
    tags: t.stringList({ description: 'Carrying all of these.' }),
    isSubflow: t.boolean({ description: 'Only those that stand for a subflow, or none of them. Says nothing of changes.' }),
    expectedStartTimeAfter: t.field({ type: 'DateTime', description: 'Expected to start then or later.' }),
    expectedStartTimeBefore: t.field({ type: 'DateTime', description: 'Expected to start then or earlier.' }),
  }),
})

const TaskRunOrder = builder.enumType('TaskRunOrder', {
  description: 'How task runs are ordered.',
  values: {
    EXPECTED_START_TIME_DESC: { description: 'Newest first.' },
    EXPECTED_START_TIME_ASC: { description: 'Oldest first.' },
  } satisfies Record<(typeof taskRunOrders)[number], { description: string }>,
})

const TaskRunConnection = connectionType('TaskRun', TaskRun, countTaskRuns)

const listArgs = () =>
  builder.args(t => ({
    ...pageArgs(),
    filter: t.field({ type: TaskRunFilter, description: 'Which.' }),
    orderBy: t.field({ type: TaskRunOrder, defaultValue: 'EXPECTED_START_TIME_DESC', description: 'In which order.' }),
  }))

interface ListArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly filter?: typeof TaskRunFilter.$inferInput | null | undefined
  readonly orderBy?: (typeof taskRunOrders)[number] | null | undefined
}

async function list({ ctx }: GraphqlContext, { filter, orderBy, ...page }: ListArgs) {
  const cursor = eventCursor(ctx)
  return {
    cursor,
    page: await listTaskRuns(ctx, { ...paging(page), filter, orderBy: orderBy ?? undefined }),
    count: () => countTaskRuns(ctx, { filter }),
  }
}

builder.queryFields(t => ({
  taskRuns: t.field({
    type: TaskRunConnection,
    description: 'Task runs of the workspace.',
    args: listArgs(),
    extensions: asks(listTaskRuns),
    resolve: (_root, args, context) => list(context, args),
  }),
  taskRun: t.field({
    type: TaskRun,
    nullable: true,
    description: 'One task run; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(taskRunsByIds),
    resolve: async (_root, { id }, { loaders }) => (await loaders.taskRuns.load(id)) ?? null,
  }),
}))

builder.objectFields(FlowRun, t => ({
  taskRuns: t.field({
    type: TaskRunConnection,
    description: 'The task runs in it.',
    args: listArgs(),
    extensions: asks(listTaskRuns),
    resolve: (run, { filter, ...args }, context) =>
      list(context, { ...args, filter: { ...filter, flowRunIds: filter?.flowRunIds?.filter((id: string) => id === run.id) ?? [run.id] } }),
  }),
  taskRunStateCounts: t.field({
    type: [StateCount],
    description: 'How many task runs in it are in which kind of state, in the order of StateType, zeros included.',
    extensions: asks(countTaskRunsByState),
    async resolve(run, _args, { ctx }) {
      const { counts } = await countTaskRunsByState(ctx, { filter: { flowRunIds: [run.id] } })
      return everyType(counts as ReadonlyMap<StateTypeName | null, number>)
    },
  }),
}))
