import { z } from 'zod'
import { type Condition, containing, havingAny, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { stateTypes } from '../states/index.ts'

/** Which policies are meant. Parts are joined by "and"; a list is met by any of its members. */
export const notificationPolicyFilter = z.object({
  ids: z.array(uuid).nullish(),
  isActive: z.boolean().nullish(),
  nameContains: z.string().nullish(),
  stateNames: z.array(z.string()).nullish(),
  stateTypes: z.array(z.enum(stateTypes)).nullish(),
  tags: z.array(z.string()).nullish(),
  flowIds: z.array(uuid).nullish(),
  deploymentIds: z.array(uuid).nullish(),
  channelIds: z.array(uuid).nullish(),
})

export type NotificationPolicyFilter = z.output<typeof notificationPolicyFilter>

export const notificationPolicyConditions = (filter: NotificationPolicyFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('isActive', filter?.isActive === null || filter?.isActive === undefined ? null : [filter.isActive]),
  ...containing('name', filter?.nameContains),
  ...havingAny('stateNames', filter?.stateNames),
  ...havingAny('stateTypes', filter?.stateTypes),
  ...havingAny('tags', filter?.tags),
  ...havingAny('flowIds', filter?.flowIds),
  ...havingAny('deploymentIds', filter?.deploymentIds),
  ...havingAny('channelIds', filter?.channelIds),
]
