import { flowRunStatesByIds } from '../../core/flow-runs/index.ts'
import { type Pause, type Reason, type ReasonKind, whyNotRunning } from '../../core/states/index.ts'
import { taskRunStatesByIds } from '../../core/task-runs/index.ts'
import { asks, builder } from './builder.ts'
import type { Types } from './connections.ts'
import { FlowRun } from './flow-runs.ts'
import { TaskRun } from './task-runs.ts'

type Fields<Why> = PothosSchemaTypes.ObjectFieldBuilder<Types, Why>

const since = <Why extends { readonly since: number }>(t: Fields<Why>) =>
  t.field({ type: 'DateTime', description: 'Since when.', resolve: why => why.since })

const scheduledTime = <Why extends { readonly scheduledTime: number }>(t: Fields<Why>) =>
  t.field({ type: 'DateTime', description: 'When it is or was due.', resolve: why => why.scheduledTime })

const stateName = <Why extends { readonly stateName: string }>(t: Fields<Why>) =>
  t.string({ description: 'How far that is, by the name of its state: Pending, Submitting and so on.', resolve: why => why.stateName })

const pause = <Why extends Pause>(t: Fields<Why>) => ({
  since: since(t),
  until: t.field({ type: 'DateTime', nullable: true, description: 'When it fails unless it is resumed.', resolve: why => why.until }),
  by: t.string({ description: 'Who paused it.', resolve: why => why.by }),
  keyset: t.field({
    type: 'JSON',
    nullable: true,
    description:
      'Under which keys of its inputs the question and the answer are kept, when it waits to be told something: see pauseQuestion.',
    resolve: why => why.keyset,
  }),
})

const kinds = {
  WaitingForFirstState: builder.objectRef<Reason<'WaitingForFirstState'>>('WaitingForFirstState').implement({
    description: 'It was made without a state, and nobody has given it one.',
    fields: t => ({ since: since(t) }),
  }),
  WaitingForTime: builder.objectRef<Reason<'WaitingForTime'>>('WaitingForTime').implement({
    description: 'It is not due yet.',
    fields: t => ({ scheduledTime: scheduledTime(t) }),
  }),
  Late: builder.objectRef<Reason<'Late'>>('Late').implement({
    description: 'It is due, and nobody has begun it.',
    fields: t => ({
      scheduledTime: scheduledTime(t),
      isMarked: t.exposeBoolean('isMarked', { description: 'Whether its state says so already.' }),
    }),
  }),
  WaitingForRetry: builder.objectRef<Reason<'WaitingForRetry'>>('WaitingForRetry').implement({
    description: 'It has failed, and will be tried again.',
    fields: t => ({
      attempt: t.exposeInt('attempt', { description: 'Which attempt is the next, counted from 1.' }),
      mostAttempts: t.exposeInt('mostAttempts', {
        nullable: true,
        description: 'How many attempts it has in all, where its policy tells.',
      }),
      until: t.field({ type: 'DateTime', description: 'When the next attempt is due.', resolve: why => why.until }),
    }),
  }),
  WaitingForTaskWorker: builder.objectRef<Reason<'WaitingForTaskWorker'>>('WaitingForTaskWorker').implement({
    description: 'A task in the background that no task worker has taken.',
    fields: t => ({
      taskKey: t.exposeString('taskKey', { description: 'Which task a worker must serve.' }),
      since: since(t),
    }),
  }),
  Resuming: builder.objectRef<Reason<'Resuming'>>('Resuming').implement({
    description: 'It was suspended and is to be started again.',
    fields: t => ({ since: since(t) }),
  }),
  PendingInfrastructure: builder.objectRef<Reason<'PendingInfrastructure'>>('PendingInfrastructure').implement({
    description: 'What it is to run in is being prepared.',
    fields: t => ({ stateName: stateName(t), since: since(t) }),
  }),
  PendingTask: builder.objectRef<Reason<'PendingTask'>>('PendingTask').implement({
    description: 'A task run that waits for what its arguments come from, or for its turn.',
    fields: t => ({ stateName: stateName(t), since: since(t) }),
  }),
  WaitingForFlowRun: builder.objectRef<Reason<'WaitingForFlowRun'>>('WaitingForFlowRun').implement({
    description: 'A task run whose flow run is paused.',
    fields: t => ({
      flowRunId: t.expose('flowRunId', { type: 'UUID', description: 'Id of that flow run.' }),
      until: t.field({ type: 'DateTime', nullable: true, description: 'When that fails unless it is resumed.', resolve: why => why.until }),
    }),
  }),
  Paused: builder
    .objectRef<Reason<'Paused'>>('Paused')
    .implement({ description: 'It is held in its process until it is resumed.', fields: pause }),
  Suspended: builder.objectRef<Reason<'Suspended'>>('Suspended').implement({
    description: 'Its process has ended; once resumed it is started again.',
    fields: pause,
  }),
  Cancelling: builder.objectRef<Reason<'Cancelling'>>('Cancelling').implement({
    description: 'It has been asked to stop, and has not yet said that it has.',
    fields: t => ({ since: since(t), by: t.exposeString('by', { description: 'Who asked.' }) }),
  }),
} as const satisfies Record<ReasonKind, unknown>

const Why = builder.unionType('WhyNotRunning', {
  description: 'Why a run that has not ended does not run. More kinds will come: a client treats one it does not know as its name.',
  types: Object.values(kinds),
  resolveType: why => why.kind,
})

const description = 'Why it does not run; null while it runs, and when it has ended.'

builder.objectField(FlowRun, 'whyNotRunning', t =>
  t.field({
    type: Why,
    nullable: true,
    description,
    extensions: asks(flowRunStatesByIds),
    async resolve(run, _args, { loaders, ctx }) {
      const state = (run.stateId && (await loaders.flowRunStates.load(run.stateId))) || null
      return whyNotRunning({ ...run, state, retries: run.empiricalPolicy.retries ?? null }, ctx.clock.now())
    },
  }),
)

builder.objectField(TaskRun, 'whyNotRunning', t =>
  t.field({
    type: Why,
    nullable: true,
    description,
    extensions: asks(taskRunStatesByIds),
    async resolve(run, _args, { loaders, ctx }) {
      const state = (run.stateId && (await loaders.taskRunStates.load(run.stateId))) || null
      return whyNotRunning({ ...run, state, retries: run.empiricalPolicy.retries ?? null, task: run }, ctx.clock.now())
    },
  }),
)
