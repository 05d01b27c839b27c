import { z } from 'zod'
import { atLeast, atMost, type Condition, oneOf } from '../../kernel/filters.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'
import { deliveryKinds, deliveryStatuses } from './delivery.entity.ts'

/** Which deliveries are meant. Parts are joined by "and". */
export const notificationDeliveryFilter = z.object({
  ids: z.array(uuid).nullish(),
  policyIds: z.array(uuid).nullish(),
  channelIds: z.array(uuid).nullish(),
  flowRunIds: z.array(uuid).nullish(),
  statuses: z.array(z.enum(deliveryStatuses)).nullish(),
  kinds: z.array(z.enum(deliveryKinds)).nullish(),
  createdAfter: instantSchema.nullish(),
  createdBefore: instantSchema.nullish(),
  /** What was folded into a digest. */
  digestIds: z.array(uuid).nullish(),
})

export type NotificationDeliveryFilter = z.output<typeof notificationDeliveryFilter>

export const notificationDeliveryConditions = (filter: NotificationDeliveryFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('policyId', filter?.policyIds),
  ...oneOf('channelId', filter?.channelIds),
  ...oneOf('flowRunId', filter?.flowRunIds),
  ...oneOf('status', filter?.statuses),
  ...oneOf('kind', filter?.kinds),
  ...atLeast('created', filter?.createdAfter),
  ...atMost('created', filter?.createdBefore),
  ...oneOf('digestId', filter?.digestIds),
]
