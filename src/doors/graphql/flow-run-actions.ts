import { resumeFlowRun } from '../../core/flow-run-inputs/index.ts'
import {
  type ActionAnswer,
  type ActionName,
  actOnFlowRun,
  eligible,
  type ListedFlowRun,
  tagFlowRun,
  whyNot,
} from '../../core/flow-runs/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type Condition, oneOf } from '../../kernel/filters.ts'
import { asks, builder } from './builder.ts'
import { type Matched, type Meant, MOST_AT_ONCE, matchedFields, meant } from './flow-run-selection.ts'
import { OrchestrationStatus } from './flow-run-transitions.ts'
import { FlowRun, FlowRunFilter } from './flow-runs.ts'

type Result = Pick<ActionAnswer, 'run' | 'status' | 'reason' | 'caveat'>

interface Refusal {
  readonly run: ListedFlowRun
  readonly reason: string
}

interface Outcome extends Matched {
  readonly eligible: Matched['matched']
  readonly results: readonly Result[]
  readonly refusals: readonly Refusal[]
}

const MOST_REFUSALS = 50

const FlowRunActionResult = builder.objectRef<Result>('FlowRunActionResult').implement({
  description: 'What became of one run.',
  fields: t => ({
    flowRun: t.field({ type: FlowRun, description: 'The run as it is now.', resolve: ({ run }) => run }),
    status: t.field({ type: OrchestrationStatus, description: 'Accepted or not.', resolve: ({ status }) => status }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why not as proposed.' }),
    caveat: t.exposeString('caveat', { nullable: true, description: 'What is beyond the server, though it was accepted.' }),
  }),
})

const FlowRunActionRefusal = builder.objectRef<Refusal>('FlowRunActionRefusal').implement({
  description: 'A run that this cannot be done with.',
  fields: t => ({
    flowRun: t.field({ type: FlowRun, description: 'The run.', resolve: ({ run }) => run }),
    reason: t.exposeString('reason', { description: 'Why not.' }),
  }),
})

const FlowRunActionPayload = builder.objectRef<Outcome>('FlowRunActionPayload').implement({
  description: 'What was done, or would be.',
  fields: t => ({
    ...matchedFields(t),
    eligibleCount: t.int({
      description: 'With how many of them it can be done, counted to 10 000.',
      resolve: answer => answer.eligible.value,
    }),
    isEligibleCountExact: t.boolean({ description: 'False when there are more.', resolve: answer => answer.eligible.isExact }),
    results: t.field({
      type: [FlowRunActionResult],
      description: `One for each run it was done with, at most ${MOST_AT_ONCE} at once: ask again while there are fewer than were eligible.`,
      resolve: answer => [...answer.results],
    }),
    refusals: t.field({
      type: [FlowRunActionRefusal],
      description: `The runs it cannot be done with and why; the first ${MOST_REFUSALS}.`,
      resolve: answer => [...answer.refusals],
    }),
  }),
})

const selection = {
  ids: { description: 'Any of these.' },
  filter: { description: 'Those that fulfil it.' },
  dryRun: { defaultValue: false, description: 'Do nothing, and say with how many it would be done and why not with the others.' },
} as const

const FlowRunActionInput = builder.inputType('FlowRunActionInput', {
  description: 'Which runs: ids, a filter, or both. INVALID with neither.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], ...selection.ids }),
    filter: t.field({ type: FlowRunFilter, ...selection.filter }),
    dryRun: t.boolean(selection.dryRun),
    message: t.string({ description: 'What to say about it in the states it brings.' }),
  }),
})

const TagFlowRunsInput = builder.inputType('TagFlowRunsInput', {
  description: 'Which runs, and which tags. INVALID with neither ids nor a filter.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], ...selection.ids }),
    filter: t.field({ type: FlowRunFilter, ...selection.filter }),
    dryRun: t.boolean(selection.dryRun),
    add: t.stringList({ description: 'Tags they shall carry. Default: none.' }),
    remove: t.stringList({ description: 'Tags they shall not. Default: none.' }),
  }),
})

interface Doing {
  readonly among: readonly Condition[]
  whyNot(run: ListedFlowRun): string | null
  with(run: FlowRunRecord): Promise<Result>
}

async function doWith(ctx: Ctx, input: Meant & { dryRun?: boolean | null | undefined }, doing: Doing): Promise<Outcome> {
  const runs = meant(ctx, input)
  const [matched, able] = await Promise.all([runs.count(), runs.count(doing.among)])
  const others = matched.value > able.value ? await runs.first([{ is: 'neither', of: [doing.among] }], MOST_REFUSALS) : []
  const refusals = others.map(run => ({ run, reason: doing.whyNot(run) ?? 'It has changed this moment.' }))
  const results = input.dryRun ? [] : await Promise.all((await runs.first(doing.among)).map(run => doing.with(run)))
  return { matched, eligible: able, refusals, results }
}

const action = (name: ActionName, description: string) =>
  builder.mutationField(`${name}FlowRuns`, t =>
    t.field({
      type: FlowRunActionPayload,
      description,
      args: { input: t.arg({ type: FlowRunActionInput, required: true, description: 'Which runs.' }) },
      extensions: asks(actOnFlowRun),
      resolve: (_root, { input: { message, ...input } }, { ctx }) =>
        doWith(ctx, input, {
          among: eligible(name),
          whyNot: run => whyNot(name, run),
          with: run => actOnFlowRun(ctx, { flowRunId: run.id, action: name, message }),
        }),
    }),
  )

action('retry', 'Schedules runs that have ended to run again now. A run without a deployment cannot be: nothing says how to start it.')
action('cancel', 'Asks runs to stop. Where no process can be there, a run is CANCELLED at once.')
action('pause', 'Holds running runs, each in its process, for at most an hour.')
action('suspend', 'Holds running runs of deployments without a process, for at most an hour: resumed, they start anew.')

const paused = oneOf('stateType', ['PAUSED'])

builder.mutationFields(t => ({
  resumeFlowRuns: t.field({
    type: FlowRunActionPayload,
    description: 'Lets paused runs go on, and schedules suspended ones anew. One that asks for input needs `resumeFlowRun`.',
    args: { input: t.arg({ type: FlowRunActionInput, required: true, description: 'Which runs. Its message is not used.' }) },
    extensions: asks(resumeFlowRun),
    resolve: (_root, { input }, { ctx }) =>
      doWith(ctx, input, {
        among: paused,
        whyNot: run => (run.stateType === 'PAUSED' ? null : 'It is not paused.'),
        with: async run => ({ ...(await resumeFlowRun(ctx, { id: run.id })), caveat: null }),
      }),
  }),
  tagFlowRuns: t.field({
    type: FlowRunActionPayload,
    description: 'Adds tags to runs, and takes tags away.',
    args: { input: t.arg({ type: TagFlowRunsInput, required: true, description: 'Which runs, and which tags.' }) },
    extensions: asks(tagFlowRun),
    resolve: (_root, { input: { add, remove, ...input } }, { ctx }) =>
      doWith(ctx, input, {
        among: [],
        whyNot: () => null,
        with: async ({ id }) => ({
          run: await tagFlowRun(ctx, { id, add: add ?? undefined, remove: remove ?? undefined }),
          status: 'ACCEPT',
          reason: null,
          caveat: null,
        }),
      }),
  }),
}))
