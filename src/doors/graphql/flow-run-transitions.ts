import { createFlowRun, setFlowRunState } from '../../core/flow-runs/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import { asks, builder } from './builder.ts'
import { FlowRun } from './flow-runs.ts'
import { State, StateInput } from './states.ts'

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

export const OrchestrationStatus = builder.enumType('OrchestrationStatus', {
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
