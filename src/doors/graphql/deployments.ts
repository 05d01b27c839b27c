import {
  applyDeployment,
  countDeployments,
  type DeploymentRecord,
  deleteDeployment,
  deploymentsByIds,
  listDeployments,
} from '../../core/deployments/index.ts'
import { createFlowRunFromDeployment } from '../../core/flow-runs/index.ts'
import { flowsByIds } from '../../core/flows/index.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { eventCursor } from './cursors.ts'
import { CreateFlowRunPayload, jsonObject, stateFrom } from './flow-run-transitions.ts'
import { FlowRun } from './flow-runs.ts'
import { Flow } from './flows.ts'
import { StateInput } from './states.ts'

export const Deployment = builder.objectRef<DeploymentRecord>('Deployment').implement({
  description: 'A flow made ready to be run by others.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'Unique among the deployments of its flow.' }),
    flow: t.field({
      type: Flow,
      description: 'What it runs.',
      extensions: asks(flowsByIds),
      resolve: async (deployment, _args, { loaders }) => (await loaders.flows.load(deployment.flowId))!,
    }),
    version: t.exposeString('version', { nullable: true, description: 'As whoever deployed it told.' }),
    description: t.exposeString('description', { nullable: true, description: 'For people.' }),
    isPaused: t.exposeBoolean('isPaused', { description: 'Whether its schedules rest.' }),
    tags: t.stringList({ description: 'Given to its runs.', resolve: deployment => deployment.tags }),
    labels: t.field({ type: 'JSON', description: 'Given to its runs.', resolve: deployment => deployment.labels }),
    parameters: t.field({ type: 'JSON', description: 'Defaults for its runs.', resolve: deployment => deployment.parameters }),
    parameterOpenapiSchema: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What parameters it takes.',
      resolve: deployment => deployment.parameterOpenapiSchema,
    }),
    entrypoint: t.exposeString('entrypoint', { nullable: true, description: 'Where in the code the flow is.' }),
    path: t.exposeString('path', { nullable: true, description: 'Where the code is.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When it was made.' }),
    updated: t.expose('updated', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

const DeploymentFilter = builder.inputType('DeploymentFilter', {
  description: 'Which deployments are meant. Parts are joined by "and".',
  fields: t => ({
    ids: t.field({ type: ['UUID'], description: 'Any of these.' }),
    flowIds: t.field({ type: ['UUID'], description: 'Of any of these flows.' }),
    flowNames: t.stringList({ description: 'Of a flow named exactly one of these.' }),
    names: t.stringList({ description: 'Named exactly one of these.' }),
    nameContains: t.string({ description: 'Whose name contains this, in either case.' }),
    isPaused: t.boolean({ description: 'Whether their schedules rest.' }),
    tags: t.stringList({ description: 'Carrying all of these.' }),
  }),
})

builder.queryFields(t => ({
  deployments: t.field({
    type: connectionType('Deployment', Deployment, countDeployments),
    description: 'Deployments of the workspace, by name.',
    args: { ...pageArgs(), filter: t.arg({ type: DeploymentFilter, description: 'Which.' }) },
    extensions: asks(listDeployments),
    async resolve(_root, { filter, ...page }, { ctx }) {
      const cursor = eventCursor(ctx)
      return { cursor, page: await listDeployments(ctx, { ...paging(page), filter }), count: () => countDeployments(ctx, { filter }) }
    },
  }),
  deployment: t.field({
    type: Deployment,
    nullable: true,
    description: 'One deployment; null when there is none.',
    args: { id: t.arg({ type: 'UUID', required: true, description: 'Its id.' }) },
    extensions: asks(deploymentsByIds),
    resolve: async (_root, { id }, { loaders }) => (await loaders.deployments.load(id)) ?? null,
  }),
}))

builder.objectField(FlowRun, 'deployment', t =>
  t.field({
    type: Deployment,
    nullable: true,
    description: 'The deployment it was made from.',
    extensions: asks(deploymentsByIds),
    resolve: async (run, _args, { loaders }) => (run.deploymentId ? ((await loaders.deployments.load(run.deploymentId)) ?? null) : null),
  }),
)

const ApplyDeploymentInput = builder.inputType('ApplyDeploymentInput', {
  description: 'A deployment as it is to be. What is left out goes to its default.',
  fields: t => ({
    flowId: t.field({ type: 'UUID', required: true, description: 'What it runs.' }),
    name: t.string({ required: true, description: 'Unique among the deployments of its flow.' }),
    version: t.string({ description: 'Default: none.' }),
    description: t.string({ description: 'Default: none.' }),
    isPaused: t.boolean({ description: 'Default: false.' }),
    tags: t.stringList({ description: 'Default: none.' }),
    parameters: t.field({ type: 'JSON', description: 'An object. Default: empty.' }),
    entrypoint: t.string({ description: 'Default: none.' }),
    path: t.string({ description: 'Default: none.' }),
  }),
})

const ApplyDeploymentPayload = builder.objectRef<{ deployment: DeploymentRecord; isNew: boolean }>('ApplyDeploymentPayload').implement({
  description: 'The deployment as it is now.',
  fields: t => ({
    deployment: t.field({ type: Deployment, description: 'The deployment.', resolve: payload => payload.deployment }),
    isNew: t.exposeBoolean('isNew', { description: 'False when there was one of that flow and name.' }),
  }),
})

const DeleteDeploymentInput = builder.inputType('DeleteDeploymentInput', {
  description: 'A deployment to be deleted.',
  fields: t => ({ id: t.field({ type: 'UUID', required: true, description: 'Which.' }) }),
})

const DeleteDeploymentPayload = builder.objectRef<{ deployment: DeploymentRecord }>('DeleteDeploymentPayload').implement({
  description: 'What was deleted.',
  fields: t => ({
    deployment: t.field({ type: Deployment, description: 'The deployment as it was.', resolve: payload => payload.deployment }),
  }),
})

const CreateFlowRunFromDeploymentInput = builder.inputType('CreateFlowRunFromDeploymentInput', {
  description: 'A run to be made of a deployment.',
  fields: t => ({
    deploymentId: t.field({ type: 'UUID', required: true, description: 'Of which deployment.' }),
    name: t.string({ description: 'Default: coined.' }),
    parameters: t.field({ type: 'JSON', description: 'An object, put over the deployment’s parameters.' }),
    tags: t.stringList({ description: 'Besides the deployment’s.' }),
    idempotencyKey: t.string({ description: 'A second run of this flow with the same key is the first.' }),
    state: t.field({ type: StateInput, description: 'Its first state. Default: SCHEDULED now.' }),
  }),
})

builder.mutationFields(t => ({
  applyDeployment: t.field({
    type: ApplyDeploymentPayload,
    description: 'Makes a deployment, or brings the one of that flow and name to what is given.',
    args: { input: t.arg({ type: ApplyDeploymentInput, required: true, description: 'The deployment.' }) },
    extensions: asks(applyDeployment),
    resolve: (_root, { input }, { ctx }) =>
      applyDeployment(ctx, {
        ...input,
        isPaused: input.isPaused ?? undefined,
        tags: input.tags ?? undefined,
        parameters: jsonObject(input.parameters),
      }),
  }),
  deleteDeployment: t.field({
    type: DeleteDeploymentPayload,
    description: 'Deletes a deployment. Its runs stay. NOT_FOUND when there is none.',
    args: { input: t.arg({ type: DeleteDeploymentInput, required: true, description: 'Which.' }) },
    extensions: asks(deleteDeployment),
    resolve: async (_root, { input }, { ctx }) => ({ deployment: await deleteDeployment(ctx, input) }),
  }),
  createFlowRunFromDeployment: t.field({
    type: CreateFlowRunPayload,
    description: 'Makes a run of a deployment.',
    args: { input: t.arg({ type: CreateFlowRunFromDeploymentInput, required: true, description: 'The run.' }) },
    extensions: asks(createFlowRunFromDeployment),
    async resolve(_root, { input }, { ctx }) {
      const { run, isNew } = await createFlowRunFromDeployment(ctx, {
        ...input,
        tags: input.tags ?? undefined,
        parameters: jsonObject(input.parameters),
        state: input.state && stateFrom(input.state),
      })
      return { flowRun: run, isNew }
    },
  }),
}))
