import type { TaskRunRecord } from '../../core/orchestration/index.ts'
import { createTaskRun, deleteTaskRun, setTaskRunState } from '../../core/task-runs/index.ts'
import { asks, builder } from './builder.ts'
import { jsonObject, OrchestrationStatus, stateFrom } from './flow-run-transitions.ts'
import { State, StateInput } from './states.ts'
import { TaskRun } from './task-runs.ts'

const CreateTaskRunInput = builder.inputType('CreateTaskRunInput', {
  description: 'A task run to be made.',
  fields: t => ({
    id: t.field({ type: 'UUID', description: 'Default: minted.' }),
    flowRunId: t.field({ type: 'UUID', description: 'The flow run it is in. Default: none.' }),
    taskKey: t.string({ required: true, description: 'Which task it is a call of.' }),
    dynamicKey: t.string({ required: true, description: 'Tells the calls of that task in one flow run apart.' }),
    name: t.string({ description: 'Default: after its task.' }),
    taskVersion: t.string({ description: 'Version of the task’s code.' }),
    cacheKey: t.string({ description: 'The key under which its result may be taken over.' }),
    cacheExpiration: t.field({ type: 'DateTime', description: 'Until when.' }),
    empiricalPolicy: t.field({ type: 'JSON', description: 'Retries, by the SDK’s keys. Default: none.' }),
    tags: t.stringList({ description: 'Default: none.' }),
    labels: t.field({ type: 'JSON', description: 'An object. Default: those of its flow run.' }),
    taskInputs: t.field({ type: 'JSON', description: 'Where its arguments came from. Default: empty.' }),
    state: t.field({ type: StateInput, description: 'Its first state. Default: none.' }),
  }),
})

const CreateTaskRunPayload = builder.objectRef<{ taskRun: TaskRunRecord; isNew: boolean }>('CreateTaskRunPayload').implement({
  description: 'The task run that was made.',
  fields: t => ({
    taskRun: t.field({ type: TaskRun, description: 'The task run.', resolve: payload => payload.taskRun }),
    isNew: t.exposeBoolean('isNew', { description: 'False when it was there before.' }),
  }),
})

const SetTaskRunStateInput = builder.inputType('SetTaskRunStateInput', {
  description: 'A transition to propose.',
  fields: t => ({
    taskRunId: t.field({ type: 'UUID', required: true, description: 'Of which task run.' }),
    state: t.field({ type: StateInput, required: true, description: 'To which state.' }),
    force: t.boolean({ defaultValue: false, description: 'Leave out the rules.' }),
  }),
})

const SetTaskRunStatePayload = builder.objectRef<Awaited<ReturnType<typeof setTaskRunState>>>('SetTaskRunStatePayload').implement({
  description: 'What the rules said.',
  fields: t => ({
    status: t.field({ type: OrchestrationStatus, description: 'Accepted or not.', resolve: answer => answer.status }),
    state: t.field({ type: State, nullable: true, description: 'The state the task run is in now.', resolve: answer => answer.state }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why not as proposed.' }),
    delaySeconds: t.exposeInt('delaySeconds', { nullable: true, description: 'For WAIT: how long, in seconds.' }),
    taskRun: t.field({ type: TaskRun, description: 'The task run as it is now.', resolve: answer => answer.run }),
  }),
})

const DeleteTaskRunInput = builder.inputType('DeleteTaskRunInput', {
  description: 'A task run to be deleted.',
  fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Its id.' }) }),
})

const DeleteTaskRunPayload = builder.objectRef<{ id: string }>('DeleteTaskRunPayload').implement({
  description: 'What was deleted.',
  fields: t => ({ id: t.expose('id', { type: 'UUID', description: 'The id it had.' }) }),
})

builder.mutationFields(t => ({
  createTaskRun: t.field({
    type: CreateTaskRunPayload,
    description: 'Makes a task run, with its first state if one is given. The same keys in the same flow run are the same task run.',
    args: { input: t.arg({ type: CreateTaskRunInput, required: true, description: 'The task run.' }) },
    extensions: asks(createTaskRun),
    async resolve(_root, { input }, { ctx }) {
      const { run, isNew } = await createTaskRun(ctx, {
        ...input,
        tags: input.tags ?? undefined,
        empiricalPolicy: jsonObject(input.empiricalPolicy),
        labels: jsonObject(input.labels),
        taskInputs: jsonObject(input.taskInputs),
        state: input.state && stateFrom(input.state),
      })
      return { taskRun: run, isNew }
    },
  }),
  setTaskRunState: t.field({
    type: SetTaskRunStatePayload,
    description: 'Proposes a state for a task run. A refusal is an answer, not an error.',
    args: { input: t.arg({ type: SetTaskRunStateInput, required: true, description: 'The transition.' }) },
    extensions: asks(setTaskRunState),
    resolve: (_root, { input }, { ctx }) =>
      setTaskRunState(ctx, { taskRunId: input.taskRunId, state: stateFrom(input.state), force: input.force ?? undefined }),
  }),
  deleteTaskRun: t.field({
    type: DeleteTaskRunPayload,
    description: 'Deletes a task run with its states.',
    args: { input: t.arg({ type: DeleteTaskRunInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteTaskRun),
    async resolve(_root, { input }, { ctx }) {
      return { id: (await deleteTaskRun(ctx, { id: input.id })).run.id }
    },
  }),
}))
