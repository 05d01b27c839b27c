import type { Instant } from '../../kernel/clock.ts'
import { port } from '../../kernel/ports.ts'

/** The slug of the block type that configures it. */
export type ChannelKind =
  | 'custom-webhook'
  | 'slack-webhook'
  | 'ms-teams-webhook'
  | 'discord-webhook'
  | 'mattermost-webhook'
  | 'opsgenie-webhook'
  | 'pager-duty-webhook'
  | 'sendgrid-email'
  | 'twilio-sms'
  | 'smtp-email'

export type ChannelSeverity = 'info' | 'success' | 'warning' | 'failure'

/** What is to be said, before a channel gives it its form. */
export interface ChannelMessage {
  /** The same in each attempt: it travels in every request, so that a receiver can tell a repetition. */
  readonly deliveryId: string
  readonly subject: string
  readonly body: string
  readonly severity: ChannelSeverity
  /** Where to read on. */
  readonly link: string | null
  /** Joins messages to one incident where a provider knows incidents (PagerDuty, Opsgenie). */
  readonly dedupKey: string | null
  /** Whether that incident is over. */
  readonly isResolve: boolean
  readonly occurredAt: Instant
  /** Of a channel that asks the provider once for each recipient: who is left, as `remaining` of the answer before said. Everybody when left out. */
  readonly onlyTo?: readonly string[] | null
}

export interface ChannelAnswer {
  /** FAILED is final: the same would be answered again. RETRY may go better later. */
  readonly outcome: 'DELIVERED' | 'FAILED' | 'RETRY'
  /** HTTP status, or the code of the SMTP reply; null when nobody answered. */
  readonly status: number | null
  /** How long the provider asks to be left alone. */
  readonly retryAfterSeconds: number | null
  readonly latencySeconds: number
  /** The beginning of what was answered, at most 2 kB, secrets masked. */
  readonly excerpt: string | null
  /** What went wrong, for people; secrets masked. */
  readonly error: string | null
  /** Who of several recipients is still to be reached; null when nobody, or when the channel has but one. */
  readonly remaining: readonly string[] | null
}

/** A message in the form that a channel gives it, fit to be shown. */
export interface ChannelRendering {
  /** Empty where the channel's address says it all. */
  readonly recipients: readonly string[]
  /** As the first of the recipients would get them. */
  readonly fields: readonly RenderedField[]
}

export interface RenderedField {
  /** As the provider names it, with dots between the levels: `payload.summary`. */
  readonly name: string
  readonly text: string
  readonly isHtml: boolean
}

/** Sends one message. The port that gateways implement; what goes wrong outside is an answer, never thrown. */
export interface ChannelSender {
  /** `config` is the data of the channel's block document, decrypted. */
  send(kind: ChannelKind, config: unknown, message: ChannelMessage): Promise<ChannelAnswer>
  /** What would be sent, its secrets masked. Throws INVALID when the channel cannot be used. */
  render(kind: ChannelKind, config: unknown, message: ChannelMessage): ChannelRendering
}

/** `ctx.house.ports.use(channelSender)` */
export const channelSender = port<ChannelSender>('a sender of notifications')

/** What of a channel may be shown to anybody who may see it. */
export interface ChannelSummary {
  /** With whom it speaks: a host name. */
  readonly host: string
  /** Whom it reaches there, as far as that is no secret. */
  readonly recipients: string | null
}
