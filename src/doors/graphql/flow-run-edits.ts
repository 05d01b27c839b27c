import { deleteFlowRun, setFlowRunState, updateFlowRun } from '../../core/flow-runs/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import { asks, builder } from './builder.ts'
import { type Matched, MOST_AT_ONCE, matchedFields, meant } from './flow-run-selection.ts'
import { jsonObject, SetFlowRunStatePayload, stateFrom, type Transition } from './flow-run-transitions.ts'
import { FlowRun, FlowRunFilter } from './flow-runs.ts'
import { StateInput } from './states.ts'

const UpdateFlowRunInput = builder.inputType('UpdateFlowRunInput', {
  description: 'A change of a run. What is left out stays.',
  fields: t => ({
    flowRunId: t.field({ type: 'UUID', required: true, description: 'Which run.' }),
    name: t.string({ description: 'Another name.' }),
    tags: t.stringList({ description: 'Other tags.' }),
    labels: t.field({ type: 'JSON', description: 'An object: other labels.' }),
    parameters: t.field({ type: 'JSON', description: 'An object: other parameters, for the next time it is started.' }),
    jobVariables: t.field({ type: 'JSON', description: 'An object: other job variables. CONFLICT when the run is not scheduled.' }),
  }),
})

const UpdateFlowRunPayload = builder.objectRef<{ run: FlowRunRecord }>('UpdateFlowRunPayload').implement({
  description: 'The run that was changed.',
  fields: t => ({ flowRun: t.field({ type: FlowRun, description: 'The run as it is now.', resolve: answer => answer.run }) }),
})

const DeleteFlowRunsInput = builder.inputType('DeleteFlowRunsInput', {
  description: 'Runs to be deleted: ids, a filter, or both. INVALID with neither.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    filter: t.field({ type: FlowRunFilter, description: 'Those that fulfil it.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Delete nothing, and say how many it would be.' }),
  }),
})

const SetFlowRunStatesInput = builder.inputType('SetFlowRunStatesInput', {
  description: 'A transition to propose for many runs: ids, a filter, or both. INVALID with neither.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    filter: t.field({ type: FlowRunFilter, description: 'Those that fulfil it.' }),
    state: t.field({ type: StateInput, required: true, description: 'To which state.' }),
    force: t.boolean({ defaultValue: false, description: 'Leave out all rules but those that protect results.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Propose nothing, and say how many it would be.' }),
  }),
})

const SetFlowRunStatesPayload = builder
  .objectRef<Matched & { readonly results: readonly Transition[] }>('SetFlowRunStatesPayload')
  .implement({
    description: 'What the rules said of each run.',
    fields: t => ({
      ...matchedFields(t),
      results: t.field({
        type: [SetFlowRunStatePayload],
        description: `One for each run, at most ${MOST_AT_ONCE} at once: ask again while there are fewer than were meant.`,
        resolve: answer => [...answer.results],
      }),
    }),
  })

const DeleteFlowRunsPayload = builder.objectRef<Matched & { readonly deletedIds: readonly string[] }>('DeleteFlowRunsPayload').implement({
  description: 'What was deleted, or would be.',
  fields: t => ({
    ...matchedFields(t),
    deletedIds: t.field({
      type: ['UUID'],
      description: `The runs that are gone, at most ${MOST_AT_ONCE} at once: ask again while fewer were deleted than meant.`,
      resolve: answer => [...answer.deletedIds],
    }),
  }),
})

builder.mutationFields(t => ({
  updateFlowRun: t.field({
    type: UpdateFlowRunPayload,
    description: 'Changes a run, but never its state. NOT_FOUND when there is none.',
    args: { input: t.arg({ type: UpdateFlowRunInput, required: true, description: 'The change.' }) },
    extensions: asks(updateFlowRun),
    resolve: async (_root, { input: { flowRunId, ...change } }, { ctx }) => ({
      run: await updateFlowRun(ctx, {
        id: flowRunId,
        change: {
          name: change.name ?? undefined,
          tags: change.tags ?? undefined,
          labels: jsonObject(change.labels),
          parameters: jsonObject(change.parameters),
          jobVariables: jsonObject(change.jobVariables),
        },
      }),
    }),
  }),
  deleteFlowRuns: t.field({
    type: DeleteFlowRunsPayload,
    description: 'Deletes runs with their states, inputs and log lines.',
    args: { input: t.arg({ type: DeleteFlowRunsInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteFlowRun),
    async resolve(_root, { input }, { ctx }) {
      const runs = meant(ctx, input)
      const matched = await runs.count()
      if (input.dryRun) return { matched, deletedIds: [] }
      const deleted = await deleteFlowRun.all(
        ctx,
        (await runs.first()).map(({ id }) => ({ id })),
      )
      return { matched, deletedIds: deleted.map(({ run }) => run.id) }
    },
  }),
  setFlowRunStates: t.field({
    type: SetFlowRunStatesPayload,
    description: 'Proposes a state for many runs, each for itself: one that is refused does not keep the others back.',
    args: { input: t.arg({ type: SetFlowRunStatesInput, required: true, description: 'Which runs, and the transition.' }) },
    extensions: asks(setFlowRunState),
    async resolve(_root, { input }, { ctx }) {
      const runs = meant(ctx, input)
      const matched = await runs.count()
      if (input.dryRun) return { matched, results: [] }
      const state = stateFrom(input.state)
      const propose = ({ id }: { id: string }) => setFlowRunState(ctx, { flowRunId: id, state, force: input.force ?? undefined })
      return { matched, results: await Promise.all((await runs.first()).map(propose)) }
    },
  }),
}))
