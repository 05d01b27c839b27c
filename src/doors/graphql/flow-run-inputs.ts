import {
  type FlowRunInputRecord,
  findPauseQuestion,
  listFlowRunInputs,
  type PauseQuestion,
  resumeFlowRun,
} from '../../core/flow-run-inputs/index.ts'
import { asks, builder } from './builder.ts'
import { jsonObject, transitionPayload } from './flow-run-transitions.ts'

const ResumeFlowRunInput = builder.inputType('ResumeFlowRunInput', {
  description: 'A paused run to be let on.',
  fields: t => ({
    flowRunId: t.field({ type: 'UUID', required: true, description: 'Which run.' }),
    runInput: t.field({ type: 'JSON', description: 'An object: the answer, where the pause asks for input.' }),
  }),
})

builder.mutationField('resumeFlowRun', t =>
  t.field({
    type: transitionPayload('ResumeFlowRunPayload'),
    description:
      'Lets a paused run go on, and schedules a suspended one anew. One that is not paused is ABORT; input that does not fit is REJECT.',
    args: { input: t.arg({ type: ResumeFlowRunInput, required: true, description: 'Which run.' }) },
    extensions: asks(resumeFlowRun),
    resolve: (_root, { input }, { ctx }) => resumeFlowRun(ctx, { id: input.flowRunId, runInput: jsonObject(input.runInput) }),
  }),
)

const PauseQuestionRef = builder.objectRef<PauseQuestion>('PauseQuestion').implement({
  description: 'What a paused run waits to be told.',
  fields: t => ({
    schema: t.field({ type: 'JSON', description: 'A JSON schema, which the answer is to fulfil.', resolve: question => question.schema }),
    description: t.exposeString('description', { nullable: true, description: 'What the flow says about it to people.' }),
  }),
})

builder.queryField('pauseQuestion', t =>
  t.field({
    type: PauseQuestionRef,
    nullable: true,
    description: 'What a run waits to be told before it goes on; null when it is not paused, or waits for nothing but to be let on.',
    args: { flowRunId: t.arg({ type: 'UUID', required: true, description: 'Which run.' }) },
    extensions: asks(findPauseQuestion),
    resolve: (_root, args, { ctx }) => findPauseQuestion(ctx, args),
  }),
)

const FlowRunInputRef = builder.objectRef<FlowRunInputRecord>('FlowRunInput').implement({
  description: 'A text handed to a run under a key: what somebody answers to a pause, or one flow sends to another.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    key: t.exposeString('key', { description: 'Unique in the run.' }),
    value: t.exposeString('value', { description: 'What was handed over: JSON, if an SDK wrote it.' }),
    sender: t.exposeString('sender', { nullable: true, description: 'Who handed it over, as they say.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When.' }),
  }),
})

builder.queryField('flowRunInputs', t =>
  t.field({
    type: [FlowRunInputRef],
    description: 'What has been handed to a run, in the order in which it came.',
    args: {
      flowRunId: t.arg({ type: 'UUID', required: true, description: 'To which run.' }),
      keyPrefix: t.arg.string({ description: 'Only under keys that begin with this.' }),
      most: t.arg.int({ defaultValue: 200, description: 'How many at most, 0 to 10 000.' }),
    },
    extensions: asks(listFlowRunInputs),
    resolve: async (_root, { flowRunId, keyPrefix, most }, { ctx }) => [
      ...(await listFlowRunInputs(ctx, { flowRunId, prefix: keyPrefix ?? '', limit: most ?? 200 })),
    ],
  }),
)
