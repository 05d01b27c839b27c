import { findPauseQuestion, type PauseQuestion, resumeFlowRun } from '../../core/flow-run-inputs/index.ts'
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
