import { request } from '../../client.ts'
import { FindDeploymentsDocument, FindFlowsDocument, SeenTagsDocument } from '../../generated/graphql.ts'
import type { Token } from '../../parts/TokenField.svelte'

export const findFlows = async (name: string): Promise<Token[]> => {
  const { flows } = await request(FindFlowsDocument, { name })
  return flows.nodes.map(({ id, name }) => ({ value: id, label: name }))
}

export const findDeployments = async (name: string): Promise<Token[]> => {
  const { deployments } = await request(FindDeploymentsDocument, { name })
  return deployments.nodes.map(({ id, name, flow }) => ({ value: id, label: name, ...(flow && { qualifier: flow.name }) }))
}

/** Those that the newest runs carry: any other may be typed. */
export const findTags = async (): Promise<Token[]> => {
  const { flowRuns } = await request(SeenTagsDocument, {})
  return [...new Set(flowRuns.nodes.flatMap(({ tags }) => tags))].sort().map(tag => ({ value: tag, label: tag }))
}
