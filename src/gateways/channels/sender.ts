import {
  type Channel,
  type ChannelAnswer,
  type ChannelKind,
  type ChannelMessage,
  type ChannelSender,
  parseChannel,
} from '../../core/channels/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import { isAppError } from '../../kernel/errors.ts'
import { product } from '../../kernel/product.ts'
import type { Egress } from '../egress/index.ts'
import { customWebhook } from './custom-webhook.ts'
import { discordWebhook } from './discord-webhook.ts'
import { excerptOf, maskFor } from './masking.ts'
import { mattermostWebhook } from './mattermost-webhook.ts'
import { SENDER_NAME } from './message-text.ts'
import { msTeamsWebhook } from './ms-teams-webhook.ts'
import { opsgenieWebhook } from './opsgenie-webhook.ts'
import { pagerDutyWebhook } from './pager-duty-webhook.ts'
import { createRateLimits, type RateLimits } from './rate-limits.ts'
import { renderFor } from './rendering.ts'
import type { ChannelRequest, RequestsOf } from './request.ts'
import { sendgridEmail } from './sendgrid-email.ts'
import { slackWebhook } from './slack-webhook.ts'
import { sendBySmtp } from './smtp-email.ts'
import { twilioSms } from './twilio-sms.ts'
import { judge, judgeFailure, type PartAnswer } from './verdict.ts'

type HttpKind = Exclude<ChannelKind, 'smtp-email'>

const requestsOf: { readonly [Kind in HttpKind]: RequestsOf<Kind> } = {
  'custom-webhook': customWebhook,
  'discord-webhook': discordWebhook,
  'mattermost-webhook': mattermostWebhook,
  'ms-teams-webhook': msTeamsWebhook,
  'opsgenie-webhook': opsgenieWebhook,
  'pager-duty-webhook': pagerDutyWebhook,
  'sendgrid-email': sendgridEmail,
  'slack-webhook': slackWebhook,
  'twilio-sms': twilioSms,
}

interface SenderParts {
  readonly egress: Egress
  readonly clock: Clock
}

/** Sends by the channel’s own protocol; every answer and every failure becomes a ChannelAnswer with its secrets masked. */
export function createChannelSender(parts: SenderParts): ChannelSender {
  const limits = createRateLimits(parts.clock)
  return {
    async send(kind, config, message) {
      const start = parts.clock.elapsed()
      const latency = () => (parts.clock.elapsed() - start) / 1000
      let channel: Channel
      try {
        channel = parseChannel(kind, config)
      } catch (error) {
        if (!isAppError(error)) throw error
        return { ...unsent, error: `The channel cannot be used: ${error.message}`, latencySeconds: latency() }
      }
      const send = { message, limits, deadline: start + LONGEST_SEND_SECONDS * 1000, ...parts }
      const answers = await sendParts(channel, send)
      if (answers.length === 0)
        return { ...unsent, error: 'Who was still to be told is no longer among its recipients.', latencySeconds: latency() }
      return together(answers, channel.secrets, latency())
    },
    render(kind, config, message) {
      const channel = parseChannel(kind, config)
      return renderFor(channel, message, isOf(channel, 'smtp-email') ? [] : requestsFor(channel, message, parts.clock))
    },
  }
}

const unsent = { outcome: 'FAILED', status: null, retryAfterSeconds: null, excerpt: null, remaining: null } as const

/** Whoever has claimed a delivery keeps it for a minute: all its recipients are asked within less, or another time. */
const LONGEST_SEND_SECONDS = 45

/** One delivery under way. */
interface Send extends SenderParts {
  readonly message: ChannelMessage
  readonly limits: RateLimits
  /** Of the monotonic clock, in milliseconds. */
  readonly deadline: number
}

function sendParts(channel: Channel, send: Send): Promise<readonly PartAnswer[]> {
  const { message, clock } = send
  const isLeft = (recipient: string | null) => !message.onlyTo || (recipient !== null && message.onlyTo.includes(recipient))
  if (isOf(channel, 'smtp-email')) {
    const to = channel.config.to_emails.filter(isLeft)
    return to.length > 0 ? sendBySmtp(channel.config, to, send) : Promise.resolve([])
  }
  const left = requestsFor(channel, message, clock).filter(({ recipient }) => isLeft(recipient))
  return inTurn(left, request => exchange(request, send))
}

const requestsFor = ({ kind, config }: Channel, message: ChannelMessage, clock: Clock) =>
  (requestsOf[kind as HttpKind] as RequestsOf<HttpKind>)(config as never, message, clock.now())

const isOf = <Kind extends ChannelKind>(channel: Channel, kind: Kind): channel is Channel<Kind> => channel.kind === kind

const AT_ONCE = 8

/** Eight at a time, in order. */
async function inTurn<Input, Output>(inputs: readonly Input[], run: (input: Input) => Promise<Output>): Promise<Output[]> {
  const outputs: Output[] = []
  for (let index = 0; index < inputs.length; index += AT_ONCE)
    outputs.push(...(await Promise.all(inputs.slice(index, index + AT_ONCE).map(run))))
  return outputs
}

const TIMEOUT_SECONDS = 10
const LONGEST_REST_SECONDS = 5

async function exchange(request: ChannelRequest, { message, egress, clock, limits, deadline }: Send): Promise<PartAnswer> {
  const { recipient } = request
  const later = (error: string, retryAfterSeconds: number | null): PartAnswer => ({
    recipient,
    text: '',
    outcome: 'RETRY',
    status: null,
    retryAfterSeconds,
    error,
  })
  const wait = limits.secondsUntilFree(request.url)
  if (wait > LONGEST_REST_SECONDS) return later('It takes no more messages for now.', wait)
  if (wait > 0) await new Promise<void>(resolve => void clock.after(wait * 1000, resolve))
  const timeoutSeconds = Math.min(request.timeoutSeconds ?? TIMEOUT_SECONDS, (deadline - clock.elapsed()) / 1000)
  if (timeoutSeconds <= 0) return later('There was no time left to ask.', null)
  try {
    const headers = { 'user-agent': SENDER_NAME, ...request.headers, [DELIVERY_HEADER]: message.deliveryId }
    const reply = await egress.request({ ...request, timeoutSeconds, headers })
    limits.note(request.url, reply)
    return { recipient, text: reply.text, ...judge(reply, request, clock) }
  } catch (error) {
    return { recipient, text: '', ...judgeFailure(error, timeoutSeconds) }
  }
}

const DELIVERY_HEADER = `${product.name}-delivery`

/** One answer for all recipients. What may still succeed is tried again, for those alone who have not got it. */
function together(answers: readonly PartAnswer[], secrets: readonly string[], latencySeconds: number): ChannelAnswer {
  const mask = maskFor(secrets)
  const failed = answers.filter(({ outcome }) => outcome !== 'DELIVERED')
  const again = failed.filter(({ outcome }) => outcome === 'RETRY')
  const shown = failed[0] ?? answers[0]
  const remaining = again.flatMap(({ recipient }) => recipient ?? [])
  const waits = again.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? [])
  return {
    outcome: failed.length === 0 ? 'DELIVERED' : again.length > 0 ? 'RETRY' : 'FAILED',
    status: shown?.status ?? null,
    retryAfterSeconds: waits.length > 0 ? Math.max(...waits) : null,
    latencySeconds,
    excerpt: shown ? excerptOf(shown.text, mask) : null,
    error: failed.length > 0 ? mask(errorOf(failed, answers.length)) : null,
    remaining: remaining.length > 0 ? remaining : null,
  }
}

function errorOf(failed: readonly PartAnswer[], count: number): string {
  if (count === 1) return failed[0]!.error ?? ''
  const told = failed.map(({ recipient, error }) => `${recipient}: ${error}`).join(' ')
  return `${count - failed.length} of ${count} recipients have it. ${told}`.slice(0, 2000)
}
