import type { Query } from '../../links.ts'
import { type DeliveryStatus, deliveryStatuses, type ShownDelivery } from './shown-delivery.ts'

/** What the address says of the deliveries. */
export interface DeliveriesChoice {
  statuses: readonly DeliveryStatus[]
  channelId: string | undefined
  policyId: string | undefined
  text: string
}

export const choiceOf = (search: URLSearchParams): DeliveriesChoice => ({
  statuses: deliveryStatuses.filter(status => search.getAll('status').includes(status.toLowerCase())),
  channelId: search.get('channel') ?? undefined,
  policyId: search.get('notification') ?? undefined,
  text: search.get('text') ?? '',
})

export const queryOf = ({ statuses, channelId, policyId, text }: DeliveriesChoice): Query => ({
  status: statuses.map(status => status.toLowerCase()),
  channel: channelId,
  notification: policyId,
  text: text === '' ? undefined : text,
})

export const isNarrowed = ({ statuses, channelId, policyId, text }: DeliveriesChoice): boolean =>
  statuses.length > 0 || channelId !== undefined || policyId !== undefined || text !== ''

/** As the server is asked; the text is sought in what is loaded. */
export const filterOf = ({ statuses, channelId, policyId }: DeliveriesChoice) => ({
  ...(statuses.length > 0 && { statuses: [...statuses] }),
  ...(channelId !== undefined && { channelIds: [channelId] }),
  ...(policyId !== undefined && { policyIds: [policyId] }),
})

export const hasWords = ({ run, channel, said }: ShownDelivery, text: string): boolean =>
  [run.name, run.flowName, channel.name, said].join(' ').toLowerCase().includes(text.toLowerCase())
