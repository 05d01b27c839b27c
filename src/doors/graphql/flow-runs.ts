import {
  countFlowRuns,
  countFlowRunsByState,
  countFlowRunsByTime,
  createFlowRun,
  estimatedRunTime,
  estimatedStartTimeDelta,
  flowRunDetailsByIds,
  type flowRunOrders,
  flowRunStateChanges,
  flowRunStatesByIds,
  flowRunsByIds,
  listFlowRunStates,
  listFlowRuns,
  type RunsInBucket,
  setFlowRunState,
  stateChangeOf,
} from '../../core/flow-runs/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import { type StateRecord, type StateType as StateTypeName, stateTypes } from '../../core/states/index.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { LogEvent } from '../../kernel/event-log.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { Flow } from './flows.ts'
import { afterDescription, follow, frameType, latestPer } from './live.ts'
import { PreviousState, State, StateInput, StateType } from './states.ts'

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
    expectedStartTime: t.expose('expectedStartTime', {
      type: 'DateTime',
      nullable: true,
      description: 'When it should have started first.',
    }),
    nextScheduledStartTime: t.expose('nextScheduledStartTime', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is due, while it is scheduled.',
    }),
    startTime: t.expose('startTime', { type: 'DateTime', nullable: true, description: 'When it first ran.' }),
    endTime: t.expose('endTime', { type: 'DateTime', nullable: true, description: 'When it ended; null while it has not.' }),
    totalRunTime: t.expose('totalRunTime', { type: 'Duration', description: 'Time spent running, without the stretch under way.' }),
    estimatedRunTime: t.field({
      type: 'Duration',
      description: 'Time spent running up to now.',
      resolve: (run, _args, { ctx }) => estimatedRunTime(run, ctx.clock.now()),
    }),
    estimatedStartTimeDelta: t.field({
      type: 'Duration',
      description: 'How late it started, or is.',
      resolve: (run, _args, { ctx }) => estimatedStartTimeDelta(run, ctx.clock.now()),
    }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
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
    flowIds: t.field({ type: ['UUID'], description: 'Of any of these flows.' }),
    flowNames: t.stringList({ description: 'Of a flow named exactly one of these.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    stateTypes: t.field({ type: [StateType], description: 'In a state of any of these kinds; of a change: entering one.' }),
    stateNames: t.stringList({ description: 'In a state named exactly one of these.' }),
    tags: t.stringList({ description: 'Carrying all of these.' }),
    parentTaskRunIds: t.field({ type: ['UUID'], description: 'Subflows of any of these task runs.' }),
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

const filterArg = { type: FlowRunFilter, description: 'Which.' } as const

const StateCount = builder.objectRef<{ type: StateTypeName; count: number }>('StateCount').implement({
  description: 'How many runs are in states of one kind.',
  fields: t => ({
    type: t.field({ type: StateType, description: 'The kind.', resolve: row => row.type }),
    count: t.exposeInt('count', { description: 'How many runs.' }),
  }),
})

const FlowRunStateCounts = builder
  .objectRef<{ cursor: string; counts: { type: StateTypeName; count: number }[] }>('FlowRunStateCounts')
  .implement({
    description: 'Runs by the kind of their state: one row for each kind, zeros included.',
    fields: t => ({
      counts: t.field({ type: [StateCount], description: 'In the order of StateType.', resolve: row => row.counts }),
      eventCursor: t.field({
        type: 'Cursor',
        description: 'Where the log stood when they were counted: a subscription `after` it continues them exactly.',
        resolve: row => row.cursor,
      }),
    }),
  })

const everyType = (counts: ReadonlyMap<StateTypeName | null, number>) => stateTypes.map(type => ({ type, count: counts.get(type) ?? 0 }))

const FlowRunHistoryBucket = builder.objectRef<RunsInBucket>('FlowRunHistoryBucket').implement({
  description: 'The runs expected to start in one stretch of time, by the state they are in now.',
  fields: t => ({
    start: t.expose('start', { type: 'DateTime', description: 'Where it begins.' }),
    end: t.expose('end', { type: 'DateTime', description: 'Where it ends, and the next begins.' }),
    counts: t.field({
      type: [StateCount],
      description: 'One row for each kind of state in the order of StateType, zeros included.',
      resolve: ({ counts }) => everyType(new Map(counts.map(({ type, count }) => [type, count]))),
    }),
    lateCount: t.exposeInt('lateCount', { description: 'How many of the scheduled ones are late.' }),
  }),
})

const FlowRunHistory = builder.objectRef<{ cursor: string; buckets: readonly RunsInBucket[] }>('FlowRunHistory').implement({
  description: 'Runs over time.',
  fields: t => ({
    buckets: t.field({ type: [FlowRunHistoryBucket], description: 'Oldest first, without a hole.', resolve: row => [...row.buckets] }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the log stood when they were counted: a subscription `after` it continues them exactly.',
      resolve: row => row.cursor,
    }),
  }),
})

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
  flowRunStateCounts: t.field({
    type: FlowRunStateCounts,
    description: 'How many runs are in which kind of state.',
    args: { filter: t.arg(filterArg) },
    extensions: asks(countFlowRunsByState),
    async resolve(_root, { filter }, { ctx }) {
      const { counts, asOf } = await countFlowRunsByState(ctx, { filter })
      return { cursor: eventCursor(ctx, asOf), counts: everyType(counts as ReadonlyMap<StateTypeName | null, number>) }
    },
  }),
  flowRunHistory: t.field({
    type: FlowRunHistory,
    description:
      'How many runs were, or are, expected to start in each stretch of a time range. Whole days of any time zone can be asked for: give the local midnight as start and 86400 as bucket size.',
    args: {
      start: t.arg({ type: 'DateTime', required: true, description: 'Where the first stretch begins: a full quarter of an hour.' }),
      end: t.arg({
        type: 'DateTime',
        required: true,
        description: 'Where the range ends: a full quarter of an hour. The last stretch may go on behind it.',
      }),
      bucketSize: t.arg({
        type: 'Duration',
        required: true,
        description: 'How long a stretch is, in seconds: a multiple of 900. At most 500 stretches.',
      }),
      flowIds: t.arg({ type: ['UUID'], description: 'Of any of these flows. Default: of all.' }),
    },
    extensions: asks(countFlowRunsByTime),
    async resolve(_root, args, { ctx }) {
      const { buckets, asOf } = await countFlowRunsByTime(ctx, args)
      return { cursor: eventCursor(ctx, asOf), buckets }
    },
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

const CreateFlowRunInput = builder.inputType('CreateFlowRunInput', {
  description: 'A run to be made.',
  fields: t => ({
    flowId: t.field({ type: 'UUID', required: true, description: 'Of which flow.' }),
    name: t.string({ description: 'Default: coined.' }),
    parameters: t.field({ type: 'JSON', description: 'An object. Default: empty.' }),
    context: t.field({ type: 'JSON', description: 'An object. Default: empty.' }),
    empiricalPolicy: t.field({ type: 'JSON', description: 'Retries and pauses, by the SDK’s keys. Default: none.' }),
    tags: t.stringList({ description: 'Default: none.' }),
    labels: t.field({ type: 'JSON', description: 'An object. Default: empty.' }),
    flowVersion: t.string({ description: 'Version of the flow’s code.' }),
    idempotencyKey: t.string({ description: 'A second run of this flow with the same key is the first.' }),
    parentTaskRunId: t.field({ type: 'UUID', description: 'The task run that stands for it in its parent.' }),
    state: t.field({ type: StateInput, description: 'Its first state. Default: none.' }),
  }),
})

export const CreateFlowRunPayload = builder.objectRef<{ flowRun: FlowRunRecord; isNew: boolean }>('CreateFlowRunPayload').implement({
  description: 'The run that was made.',
  fields: t => ({
    flowRun: t.field({ type: FlowRun, description: 'The run.', resolve: payload => payload.flowRun }),
    isNew: t.exposeBoolean('isNew', { description: 'False when the idempotency key had made it before.' }),
  }),
})

const SetFlowRunStateInput = builder.inputType('SetFlowRunStateInput', {
  description: 'A transition to propose.',
  fields: t => ({
    flowRunId: t.field({ type: 'UUID', required: true, description: 'Of which run.' }),
    state: t.field({ type: StateInput, required: true, description: 'To which state.' }),
    force: t.boolean({ defaultValue: false, description: 'Leave out all rules but those that protect results.' }),
  }),
})

const OrchestrationStatus = builder.enumType('OrchestrationStatus', {
  description: 'What became of a proposed state.',
  values: {
    ACCEPT: { description: 'Written as proposed.' },
    REJECT: { description: 'Not as proposed: another state was written, or the run stays in its own.' },
    WAIT: { description: 'Nothing was written: propose again after `delaySeconds`.' },
    ABORT: { description: 'Nothing was written, and proposing again is of no use.' },
  },
})

export type Transition = Awaited<ReturnType<typeof setFlowRunState>>

export const transitionPayload = (name: string) =>
  builder.objectRef<Transition>(name).implement({
    description: 'What the rules said.',
    fields: t => ({
      status: t.field({ type: OrchestrationStatus, description: 'Accepted or not.', resolve: answer => answer.status }),
      state: t.field({ type: State, nullable: true, description: 'The state the run is in now.', resolve: answer => answer.state }),
      reason: t.exposeString('reason', { nullable: true, description: 'Why not as proposed.' }),
      delaySeconds: t.exposeInt('delaySeconds', { nullable: true, description: 'For WAIT: how long, in seconds.' }),
      flowRun: t.field({ type: FlowRun, description: 'The run as it is now.', resolve: answer => answer.run }),
    }),
  })

export const jsonObject = (value: unknown) => (value ?? undefined) as Record<string, unknown> | undefined

export const stateFrom = (input: typeof StateInput.$inferInput) => ({ ...input, details: jsonObject(input.stateDetails) })

export const SetFlowRunStatePayload = transitionPayload('SetFlowRunStatePayload')

builder.mutationFields(t => ({
  createFlowRun: t.field({
    type: CreateFlowRunPayload,
    description: 'Makes a run, with its first state if one is given.',
    args: { input: t.arg({ type: CreateFlowRunInput, required: true, description: 'The run.' }) },
    extensions: asks(createFlowRun),
    async resolve(_root, { input }, { ctx }) {
      const { run, isNew } = await createFlowRun(ctx, {
        ...input,
        tags: input.tags ?? undefined,
        parameters: jsonObject(input.parameters),
        context: jsonObject(input.context),
        empiricalPolicy: jsonObject(input.empiricalPolicy),
        labels: jsonObject(input.labels),
        state: input.state && stateFrom(input.state),
      })
      return { flowRun: run, isNew }
    },
  }),
  setFlowRunState: t.field({
    type: SetFlowRunStatePayload,
    description: 'Proposes a state for a run. A refusal is an answer, not an error.',
    args: { input: t.arg({ type: SetFlowRunStateInput, required: true, description: 'The transition.' }) },
    extensions: asks(setFlowRunState),
    resolve: (_root, { input }, { ctx }) =>
      setFlowRunState(ctx, { flowRunId: input.flowRunId, state: stateFrom(input.state), force: input.force ?? undefined }),
  }),
}))

interface Change {
  readonly run: FlowRunRecord
  readonly state: StateRecord
  readonly previousState: Pick<StateRecord, 'type' | 'name'> | null
  readonly occurred: Instant
}

const FlowRunStateChange = builder.objectRef<Change>('FlowRunStateChange').implement({
  description: 'A run entered a state.',
  fields: t => ({
    flowRun: t.field({
      type: FlowRun,
      description: 'The run, as it is when this is sent: it may have gone on since.',
      resolve: change => change.run,
    }),
    state: t.field({ type: State, description: 'The state it entered.', resolve: change => change.state }),
    previousState: t.field({
      type: PreviousState,
      nullable: true,
      description: 'The one it left; null for its first.',
      resolve: change => change.previousState,
    }),
    occurredAt: t.expose('occurred', { type: 'DateTime', description: 'When.' }),
  }),
})

const FlowRunStateChanges = frameType('FlowRunStateChanges', 'changes', FlowRunStateChange, 'State changes of flow runs, oldest first.')

const Delivery = builder.enumType('Delivery', {
  description: 'How much of a busy stream a subscriber wants.',
  values: {
    EVERY: { description: 'Every change.' },
    LATEST_PER_OBJECT: { description: 'Of the changes gathered in one batch, only the last of each object.' },
  },
})

builder.subscriptionFields(t => ({
  flowRunStateChanged: t.field({
    type: FlowRunStateChanges,
    description: 'State changes of flow runs, in the order they were committed.',
    args: {
      filter: t.arg({ type: FlowRunFilter, description: 'Which changes.' }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      delivery: t.arg({ type: Delivery, defaultValue: 'EVERY', description: 'How much of them.' }),
    },
    extensions: asks(flowRunStateChanges),
    subscribe: (_root, args, context) =>
      follow(context, args, {
        log: 'events',
        continues: flowRunStateChanges,
        stream: ctx => ctx.house.events,
        async items(ctx, events: readonly LogEvent[], { filter, delivery }) {
          const changes = await flowRunStateChanges(ctx, {
            changes: events.map(stateChangeOf).filter(change => change !== undefined),
            filter,
          })
          return delivery === 'LATEST_PER_OBJECT' ? latestPer(changes, change => change.run.id) : changes
        },
      }),
    resolve: frame => frame,
  }),
}))

export { Delivery }
