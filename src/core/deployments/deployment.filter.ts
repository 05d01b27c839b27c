import { z } from 'zod'
import { type Condition, containing, havingAll, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { Flow } from '../flows/index.ts'

/** Which deployments are meant. Parts are joined by "and"; a deployment must carry all the tags. */
export const deploymentFilter = z.object({
  ids: z.array(uuid).nullish(),
  flowIds: z.array(uuid).nullish(),
  flowNames: z.array(z.string()).nullish(),
  names: z.array(z.string()).nullish(),
  nameContains: z.string().nullish(),
  isPaused: z.boolean().nullish(),
  tags: z.array(z.string()).nullish(),
})

export type DeploymentFilter = z.output<typeof deploymentFilter>

export const deploymentConditions = (filter: DeploymentFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('flowId', filter?.flowIds),
  ...(filter?.flowNames
    ? [{ is: 'related', property: 'flowId', entity: Flow, as: 'flow', where: oneOf('name', filter.flowNames) } as const]
    : []),
  ...oneOf('name', filter?.names),
  ...containing('name', filter?.nameContains),
  ...(typeof filter?.isPaused === 'boolean' ? oneOf('isPaused', [filter.isPaused]) : []),
  ...havingAll('tags', filter?.tags),
]
