import { countFlowRuns, deleteFlowRun, sliceFlowRuns, updateFlowRun } from '../../core/flow-runs/index.ts'
import type { FlowRunRecord } from '../../core/orchestration/index.ts'
import { invalidAt } from '../../kernel/errors.ts'
import { asks, builder } from './builder.ts'
import { FlowRun, FlowRunFilter, jsonObject } from './flow-runs.ts'

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

/** Each run is a transaction of its own; who has more to delete asks again. */
const MOST_DELETED = 200

const DeleteFlowRunsInput = builder.inputType('DeleteFlowRunsInput', {
  description: 'Runs to be deleted: ids, a filter, or both. INVALID with neither.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    filter: t.field({ type: FlowRunFilter, description: 'Those that fulfil it.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Delete nothing, and say how many it would be.' }),
  }),
})

const DeleteFlowRunsPayload = builder
  .objectRef<{ readonly matched: { readonly value: number; readonly isExact: boolean }; readonly deletedIds: readonly string[] }>(
    'DeleteFlowRunsPayload',
  )
  .implement({
    description: 'What was deleted, or would be.',
    fields: t => ({
      matchedCount: t.int({ description: 'How many runs were meant, counted to 10 000.', resolve: answer => answer.matched.value }),
      isMatchedCountExact: t.boolean({ description: 'False when there are more.', resolve: answer => answer.matched.isExact }),
      deletedIds: t.field({
        type: ['UUID'],
        description: `The runs that are gone, at most ${MOST_DELETED} at once: ask again while fewer were deleted than meant.`,
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
    async resolve(_root, { input: { ids, filter, dryRun } }, { ctx }) {
      if (!ids && !filter) throw invalidAt(['ids'], 'is needed where there is no filter')
      const asked = { filter, also: ids ? [{ is: 'oneOf' as const, property: 'id', values: ids }] : [] }
      const matched = await countFlowRuns(ctx, asked)
      if (dryRun) return { matched, deletedIds: [] }
      const found = await sliceFlowRuns(ctx, { ...asked, limit: MOST_DELETED })
      const deleted = await deleteFlowRun.all(
        ctx,
        found.map(({ run }) => ({ id: run.id })),
      )
      return { matched, deletedIds: deleted.map(({ run }) => run.id) }
    },
  }),
}))
