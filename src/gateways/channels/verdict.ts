import type { ChannelAnswer } from '../../core/channels/index.ts'
import { type Clock, toSeconds } from '../../kernel/clock.ts'
import { EgressRefusal, type EgressReply } from '../egress/index.ts'
import type { ChannelRequest } from './request.ts'

export type Verdict = Pick<ChannelAnswer, 'outcome' | 'status' | 'retryAfterSeconds' | 'error'>

/** What one recipient’s part of a delivery came to. */
export interface PartAnswer extends Verdict {
  readonly recipient: string | null
  readonly text: string
}

const patient = [408, 425, 429]
const LONGEST_WAIT_SECONDS = 86_400

/** What an answer means: taken, refused for good, or to be tried again. */
export function judge(reply: EgressReply, { accepted }: ChannelRequest, clock: Clock): Verdict {
  const { status } = reply
  const isSuccess = accepted ? accepted.includes(status) : status >= 200 && status < 300
  if (isSuccess) return { outcome: 'DELIVERED', status, retryAfterSeconds: null, error: null }
  const isPassing = status >= 500 || patient.includes(status)
  return {
    outcome: isPassing ? 'RETRY' : 'FAILED',
    status,
    retryAfterSeconds: isPassing ? retryAfterOf(reply, clock) : null,
    error: sentence(reply, accepted),
  }
}

function sentence({ status, headers }: EgressReply, accepted: readonly number[] | undefined): string {
  if (status >= 300 && status < 400) {
    const host = URL.parse(headers['location'] ?? '')?.host
    return `It answered ${status}, a redirect${host ? ` to ${host}` : ''}: redirects are not followed. Set the channel’s address to where it leads.`
  }
  if (status === 429) return 'It answered 429: too many messages.'
  return accepted && status < 300 ? `It answered ${status} where ${accepted.join(' or ')} is expected.` : `It answered ${status}.`
}

/** Seconds or a date; the providers’ own headers and fields; null when nothing is said. */
export function retryAfterOf({ headers, text }: EgressReply, clock: Clock): number | null {
  const now = toSeconds(clock.now())
  const asked =
    secondsIn(headers['retry-after'], now) ??
    secondsIn(headers['x-ratelimit-reset-after'], now) ??
    secondsIn(/"retry_after"\s*:\s*([\d.]+)/.exec(text)?.[1], now) ??
    secondsIn(headers['x-ratelimit-reset'], now)
  return asked === null ? null : Math.min(Math.max(asked, 0), LONGEST_WAIT_SECONDS)
}

const EPOCH_BEGINS = 1_000_000_000

/** Some count from now, some from 1970, some name a date. */
function secondsIn(value: string | undefined, now: number): number | null {
  if (value === undefined || value.trim() === '') return null
  const number = Number(value)
  if (Number.isFinite(number)) return number >= EPOCH_BEGINS ? number - now : number
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : date / 1000 - now
}

/** What was thrown: a refusal is final, as is a request that is none; everything else may go better. */
export function judgeFailure(error: unknown, timeoutSeconds: number): Verdict {
  const refusal = findRefusal(error)
  const isFinal = refusal !== undefined || impossible.includes((error as { code?: string }).code ?? '')
  const message = refusal?.message ?? describe(error, timeoutSeconds)
  return { outcome: isFinal ? 'FAILED' : 'RETRY', status: null, retryAfterSeconds: null, error: message }
}

/** A header that is not one, for example. */
const impossible = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']

/** The layers below wrap what the guard throws. */
function findRefusal(error: unknown): EgressRefusal | undefined {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof EgressRefusal) return one
  return undefined
}

function describe(error: unknown, timeoutSeconds: number): string {
  const { name, code, message } = error as Error & { code?: string }
  if (name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code ?? '')) return `No answer within ${Math.round(timeoutSeconds * 10) / 10} s.`
  if (name === 'HTTPParserError') return 'The answer is not HTTP.'
  const known = code === undefined ? undefined : sentences[code]
  return known ?? (message || code || name)
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused: nobody listens there.',
  ECONNRESET: 'The connection was reset before an answer came.',
  UND_ERR_SOCKET: 'The connection was closed before an answer came.',
  ENOTFOUND: 'The host name is not known.',
  EAI_AGAIN: 'The host name could not be looked up.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
}
