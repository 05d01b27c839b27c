import type { ChannelConfig, ChannelKind, ChannelMessage } from '../../core/channels/index.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { EgressRequest } from '../egress/index.ts'

/** One request of a delivery: a provider that takes one recipient at a time is asked once for each. */
export interface ChannelRequest extends Pick<EgressRequest, 'url' | 'method' | 'headers' | 'body'> {
  readonly recipient: string | null
  /** Statuses that say that the message was taken; every 2xx when left out. */
  readonly accepted?: readonly number[]
  readonly timeoutSeconds?: number
  readonly arePrivateRefused?: boolean
}

/** The requests that carry a message. Pure: the same for the same message, but for the time of a signature. */
export type RequestsOf<Kind extends ChannelKind> = (
  config: ChannelConfig<Kind>,
  message: ChannelMessage,
  now: Instant,
) => readonly ChannelRequest[]

export const json = (body: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** Without the members that have no value. */
export const given = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined))
