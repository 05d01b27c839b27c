import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { addressableName, jsonObject, present, uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { alsoInput, by, countInput, countUpTo, mostCounted, pageInput, readByIds, readPage, sliceInput } from '../../kernel/paging.ts'
import { changeEvents } from '../events/index.ts'
import { findFlow } from '../flows/index.ts'
import { Deployment, type DeploymentRecord } from './deployment.entity.ts'
import { deploymentConditions, deploymentFilter } from './deployment.filter.ts'

const events = changeEvents('deployment')

const changeable = {
  version: z.string().nullish(),
  description: z.string().nullish(),
  isPaused: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
  labels: jsonObject.optional(),
  parameters: jsonObject.optional(),
  parameterOpenapiSchema: jsonObject.nullish(),
  enforceParameterSchema: z.boolean().optional(),
  jobVariables: jsonObject.optional(),
  pullSteps: z.array(jsonObject).nullish(),
  path: z.string().nullish(),
  entrypoint: z.string().nullish(),
}

const blank = {
  version: null,
  description: null,
  isPaused: false,
  tags: [],
  labels: {},
  parameters: {},
  parameterOpenapiSchema: null,
  enforceParameterSchema: true,
  jobVariables: {},
  pullSteps: null,
  path: null,
  entrypoint: null,
} satisfies Partial<DeploymentRecord>

/** Makes a deployment, or brings the one of that flow and name to what is given: what is left out goes back to its default. */
export const applyDeployment = mutation('deployment.apply', {
  input: z.object({ flowId: uuid, name: addressableName, ...changeable }),
  needs: 'deployment:write',
  async run(ctx, { flowId, name, ...given }): Promise<{ deployment: DeploymentRecord; isNew: boolean }> {
    await findFlow(ctx, { id: flowId })
    const existing = await ctx.em.findOne(Deployment, { flowId, name })
    const by = { id: ctx.actor.id, type: ctx.actor.kind, display_value: ctx.actor.name }
    const now = ctx.clock.now()
    const deployment =
      existing ??
      ctx.em.create(Deployment, {
        ...blank,
        id: ctx.ids.uuid(),
        workspaceId: ctx.workspace.id,
        flowId,
        name,
        createdBy: by,
        updatedBy: null,
        created: now,
        updated: now,
      })
    Object.assign(deployment, blank, present(given), { updatedBy: existing ? by : null, updated: now })
    ctx.emit(existing ? events.updated(ctx, deployment) : events.created(ctx, deployment))
    await ctx.em.flush()
    return { deployment: { ...deployment }, isNew: existing === null }
  },
  subject: (_input, { deployment }) => deployment.id,
})

/** Changes what is given and leaves the rest. */
export const updateDeployment = mutation('deployment.update', {
  input: z.object({ id: uuid, ...changeable }),
  needs: 'deployment:write',
  async run(ctx, { id, ...given }): Promise<DeploymentRecord> {
    const deployment = await find(ctx, { id }, id)
    Object.assign(deployment, present(given), {
      updatedBy: { id: ctx.actor.id, type: ctx.actor.kind, display_value: ctx.actor.name },
      updated: ctx.clock.now(),
    })
    ctx.emit(events.updated(ctx, deployment))
    return deployment
  },
})

/** Its runs stay, and belong to no deployment from then on. */
export const deleteDeployment = mutation('deployment.delete', {
  input: z.object({ id: uuid }),
  needs: 'deployment:write',
  async run(ctx, { id }): Promise<DeploymentRecord> {
    const deployment = await find(ctx, { id }, id)
    ctx.em.remove(deployment)
    ctx.emit(events.deleted(ctx, deployment))
    return deployment
  },
})

export const findDeployment = query('deployment.find', {
  input: z.object({ id: uuid }),
  needs: 'deployment:read',
  run: (ctx, { id }): Promise<DeploymentRecord> => find(ctx, { id }, id),
})

export const findDeploymentByName = query('deployment.find-by-name', {
  input: z.object({ flowName: z.string(), name: z.string() }),
  needs: 'deployment:read',
  async run(ctx, { flowName, name }): Promise<DeploymentRecord> {
    const [found] = await ctx.read.select({
      entity: Deployment,
      where: deploymentConditions({ flowNames: [flowName], names: [name] }),
      orderBy: [['id', 'asc']],
      limit: 1,
    })
    if (!found) throw notFound('Deployment', `${flowName}/${name}`)
    return found as unknown as DeploymentRecord
  },
})

/** In the order asked; undefined where there is none. */
export const deploymentsByIds = query('deployment.by-ids', {
  input: z.object({ ids: z.array(uuid).max(1000) }),
  needs: 'deployment:read',
  run: (ctx, { ids }) => readByIds<DeploymentRecord>(ctx.read, Deployment, ids),
})

const filterInput = { filter: deploymentFilter.nullish() }

export const listDeployments = query('deployment.list', {
  input: z.object({ ...pageInput, ...filterInput }),
  needs: 'deployment:read',
  run: (ctx, { filter, ...page }) =>
    readPage<DeploymentRecord>(ctx.read, {
      entity: Deployment,
      where: deploymentConditions(filter),
      orderBy: [
        ['name', 'asc'],
        ['id', 'asc'],
      ],
      ...page,
    }),
})

const orders = {
  NAME_ASC: by('name', 'asc'),
  NAME_DESC: by('name', 'desc'),
  CREATED_DESC: by('created', 'desc'),
  UPDATED_DESC: by('updated', 'desc'),
} as const

export const deploymentSliceOrders = Object.keys(orders) as (keyof typeof orders)[]

/** Counted from the start of an order. */
export const sliceDeployments = query('deployment.slice', {
  input: z.object({ ...sliceInput, ...alsoInput, ...filterInput, orderBy: z.enum(deploymentSliceOrders).default('NAME_ASC') }),
  needs: 'deployment:read',
  run: async (ctx, { filter, also = [], orderBy, ...slice }) =>
    (await ctx.read.select({
      entity: Deployment,
      where: [...deploymentConditions(filter), ...also],
      orderBy: orders[orderBy],
      ...slice,
    })) as unknown as DeploymentRecord[],
})

export const countDeployments = query('deployment.count', {
  input: z.object({ ...filterInput, ...countInput }),
  needs: 'deployment:read',
  run: (ctx, { filter, also = [], countAll }) =>
    countUpTo(ctx.read, { entity: Deployment, where: [...deploymentConditions(filter), ...also] }, mostCounted(countAll)),
})

async function find(ctx: Ctx, where: { id: string }, shown: string) {
  const deployment = await ctx.em.findOne(Deployment, where)
  if (!deployment) throw notFound('Deployment', shown)
  return deployment
}
