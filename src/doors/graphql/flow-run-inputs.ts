import { resumeFlowRun } from '../../core/flow-run-inputs/index.ts'
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
