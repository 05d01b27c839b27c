import type { Query } from '../../links.ts'
import { type DeliveryStatus, deliveryStatuses, type ShownDelivery } from './shown-delivery.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

export const deliveryRanges = {
  '24h': { words: '24 hours', span: DAY },
  '7d': { words: '7 days', span: 7 * DAY },
  '30d': { words: '30 days', span: 30 * DAY },
} as const
export type DeliveryRange = keyof typeof deliveryRanges

/** What the address says of the deliveries. */
export interface DeliveriesChoice {
  /** Queued how long ago at most; undefined for any time. */
  range: DeliveryRange | undefined
  statuses: readonly DeliveryStatus[]
  channelId: string | undefined
  policyId: string | undefined
  text: string
}

const rangeNames = Object.keys(deliveryRanges) as DeliveryRange[]

export const choiceOf = (search: URLSearchParams): DeliveriesChoice => ({
  range: rangeNames.find(name => name === search.get('range')),
  statuses: deliveryStatuses.filter(status => search.getAll('status').includes(status.toLowerCase())),
  channelId: search.get('channel') ?? undefined,
  policyId: search.get('notification') ?? undefined,
  text: search.get('text') ?? '',
})

export const queryOf = ({ range, statuses, channelId, policyId, text }: DeliveriesChoice): Query => ({
  range,
  status: statuses.map(status => status.toLowerCase()),
  channel: channelId,
  notification: policyId,
  text: text === '' ? undefined : text,
})

export const isNarrowed = ({ range, statuses, channelId, policyId, text }: DeliveriesChoice): boolean =>
  range !== undefined || statuses.length > 0 || channelId !== undefined || policyId !== undefined || text !== ''

/** As the server is asked; the text is sought in what is loaded. */
export const filterOf = (choice: DeliveriesChoice, now: number) => ({
  ...scopeOf(choice, choice.range, now),
  ...(choice.statuses.length > 0 && { statuses: [...choice.statuses] }),
})

/** The same for whatever outcome. It begins with a full hour, so that it is the same filter for a while. */
export const scopeOf = ({ channelId, policyId }: DeliveriesChoice, range: DeliveryRange | undefined, now: number) => ({
  ...(range !== undefined && { createdAfter: new Date(Math.floor((now - deliveryRanges[range].span) / HOUR) * HOUR).toISOString() }),
  ...(channelId !== undefined && { channelIds: [channelId] }),
  ...(policyId !== undefined && { policyIds: [policyId] }),
})

export const hasWords = ({ run, channel, said }: ShownDelivery, text: string): boolean =>
  [run.name, run.flowName, channel.name, said].join(' ').toLowerCase().includes(text.toLowerCase())
