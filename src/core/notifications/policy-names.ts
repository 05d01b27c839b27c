import type { Ctx } from '../../kernel/context.ts'
import { mapValues } from '../../kernel/records.ts'
import { blockTypesByIds, sliceBlockDocuments } from '../blocks/index.ts'
import { channelKinds } from '../channels/index.ts'
import { sliceDeployments } from '../deployments/index.ts'
import { sliceFlows } from '../flows/index.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import { type PolicyNames, propertyOf, type Reference } from './written-policy.ts'

const MOST_FOUND = 10_000
const MOST_LISTED = 20

type Named = Readonly<Record<Reference, readonly string[]>>

/** `names`: what is asked for besides what `policies` name by their ids. */
export async function lookUpNames(ctx: Ctx, policies: readonly NotificationPolicyRecord[], names: Named): Promise<PolicyNames> {
  const byName = {
    flows: await flowsOf(ctx, policies, names.flows),
    deployments: await deploymentsOf(ctx, policies, names.deployments),
    channels: await channelsByName(ctx),
  }
  const byId = mapValues(byName, found => new Map([...found].map(([name, id]) => [id, name])))
  const isNamedByPolicies = (reference: Reference, id: string) => policies.some(policy => policy[propertyOf(reference)].includes(id))
  return {
    nameOf: (reference, id) => byId[reference].get(id) ?? id,
    idOf(reference, name) {
      const id = byName[reference].get(name) ?? (isNamedByPolicies(reference, name) ? name : undefined)
      if (id !== undefined) return { id }
      return reference === 'channels' ? findChannel(byName.channels, name) : { refusal: refusals[reference](name) }
    },
  }
}

const refusals = {
  flows: () => 'is no flow here: a flow is there once it has run or was deployed',
  deployments: (name: string) => (name.includes('/') ? 'is no deployment here' : 'is no deployment: they are written flow/deployment'),
}

/** By `kind/name`; the kind may be left out where only one channel has the name. */
export function findChannel(channels: ReadonlyMap<string, string>, name: string): { readonly id: string } | { readonly refusal: string } {
  const found = [...channels].filter(([whole]) => whole === name || whole.endsWith(`/${name}`))
  if (found.length === 1) return { id: found[0]![1] }
  if (found.length > 1) return { refusal: `is the name of several channels: ${found.map(([whole]) => whole).join(', ')}` }
  const known = [...channels.keys()]
  const more = known.length > MOST_LISTED ? ', …' : ''
  return {
    refusal: `is no channel here. ${known.length > 0 ? `There are: ${known.slice(0, MOST_LISTED).join(', ')}${more}` : 'There is none yet'}`,
  }
}

async function flowsOf(ctx: Ctx, policies: readonly NotificationPolicyRecord[], names: readonly string[]): Promise<Map<string, string>> {
  const filters = [{ ids: distinct(policies.flatMap(({ flowIds }) => flowIds)) }, { names: distinct(names) }]
  const found = []
  for (const filter of filters) found.push(...(await sliceFlows(ctx, { filter, limit: MOST_FOUND })))
  return new Map(found.map(({ id, name }) => [name, id]))
}

async function deploymentsOf(
  ctx: Ctx,
  policies: readonly NotificationPolicyRecord[],
  names: readonly string[],
): Promise<Map<string, string>> {
  const parts = names.map(name => name.split('/'))
  const filters = [
    { ids: distinct(policies.flatMap(({ deploymentIds }) => deploymentIds)) },
    { flowNames: distinct(parts.map(([flow]) => flow!)), names: distinct(parts.map(([, name = '']) => name)) },
  ]
  const found = []
  for (const filter of filters) found.push(...(await sliceDeployments(ctx, { filter, limit: MOST_FOUND })))
  const flows = await sliceFlows(ctx, { filter: { ids: distinct(found.map(({ flowId }) => flowId as string)) }, limit: MOST_FOUND })
  const flowNames = new Map(flows.map(({ id, name }) => [id, name]))
  return new Map(found.map(({ id, flowId, name }) => [`${flowNames.get(flowId as string)}/${name}`, id]))
}

/** All of them, by `kind/name`. */
export async function channelsByName(ctx: Ctx): Promise<Map<string, string>> {
  const documents = await sliceBlockDocuments(ctx, { filter: { blockTypeSlugs: [...channelKinds] }, limit: MOST_FOUND })
  const types = await blockTypesByIds(ctx, { ids: documents.map(({ blockTypeId }) => blockTypeId as string) })
  return new Map(documents.map(({ id, name }, index) => [`${types[index]!.slug}/${name}`, id]))
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)]
