import { countDeployments } from '../../core/deployments/index.ts'
import { countFlowRunsByState } from '../../core/flow-runs/index.ts'
import { deleteFlow, flowsByIds } from '../../core/flows/index.ts'
import { asks, builder } from './builder.ts'

const DeleteFlowsInput = builder.inputType('DeleteFlowsInput', {
  description: 'Flows to be deleted.',
  fields: t => ({
    ids: t.field({ type: ['UUID'], required: true, description: 'Which; those that are not there are passed over.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Delete nothing, and say what would go.' }),
  }),
})

interface Deletion {
  readonly deletedIds: readonly string[]
  readonly flowCount: number
  readonly flowRunCount: number
  readonly deployments: { readonly value: number }
}

const DeleteFlowsPayload = builder.objectRef<Deletion>('DeleteFlowsPayload').implement({
  description: 'What was deleted, or would be.',
  fields: t => ({
    deletedIds: t.field({ type: ['UUID'], description: 'The flows that are gone.', resolve: answer => [...answer.deletedIds] }),
    flowCount: t.exposeInt('flowCount', { description: 'How many flows were meant.' }),
    flowRunCount: t.exposeInt('flowRunCount', { description: 'How many runs they had.' }),
    deploymentCount: t.int({
      description: 'How many deployments they had, counted to 10 000.',
      resolve: ({ deployments }) => deployments.value,
    }),
  }),
})

builder.mutationField('deleteFlows', t =>
  t.field({
    type: DeleteFlowsPayload,
    description: 'Deletes flows with their runs, log lines and deployments.',
    args: { input: t.arg({ type: DeleteFlowsInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteFlow),
    async resolve(_root, { input }, { ctx }) {
      const ids = (await flowsByIds(ctx, { ids: [...new Set(input.ids)] })).flatMap(flow => (flow ? [flow.id] : []))
      const [{ counts }, deployments] = await Promise.all([
        countFlowRunsByState(ctx, { filter: { flowIds: ids } }),
        countDeployments(ctx, { filter: { flowIds: ids } }),
      ])
      const flowRunCount = counts.values().reduce((sum, count) => sum + count, 0)
      if (!input.dryRun)
        await deleteFlow.all(
          ctx,
          ids.map(id => ({ id })),
        )
      return { deletedIds: input.dryRun ? [] : ids, flowCount: ids.length, flowRunCount, deployments }
    },
  }),
)
