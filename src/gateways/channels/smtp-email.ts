import type { Socket } from 'node:net'
import type { ChannelConfig, ChannelMessage } from '../../core/channels/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import { product } from '../../kernel/product.ts'
import type { Egress } from '../egress/index.ts'
import { emailBody } from './email-body.ts'
import { SENDER_NAME } from './message-text.ts'
import { judgeFailure, type PartAnswer, type Verdict } from './verdict.ts'

type Config = ChannelConfig<'smtp-email'>

interface Send {
  readonly message: ChannelMessage
  readonly egress: Egress
  readonly clock: Clock
  /** Of the monotonic clock, in milliseconds. */
  readonly deadline: number
}

const TIMEOUT_SECONDS = 10
const ports = { SSL: 465, STARTTLS: 587, INSECURE: 25 } as const

/** One mail to all recipients; the server says of each whether it takes him. */
export async function sendBySmtp(
  config: Config,
  to: readonly string[],
  { message, egress, clock, deadline }: Send,
): Promise<readonly PartAnswer[]> {
  const port = config.smtp_port ?? ports[config.smtp_type]
  let socket: Socket | undefined
  // Each step may be slow in time, and all together too slow.
  const timer = clock.after(deadline - clock.elapsed(), () => socket?.destroy(new Error('The server took too long.')))
  try {
    socket = await egress.connect(config.smtp_server, port, TIMEOUT_SECONDS)
    return await deliver(socket, config, message, to, egress.ca)
  } catch (error) {
    const verdict = judgeSmtp(error)
    return to.map(recipient => ({ recipient, text: (error as SmtpError).response ?? '', ...verdict }))
  } finally {
    timer.stop()
    socket?.destroy()
  }
}

interface SmtpError extends Error {
  readonly code?: string
  /** What the server said, and its code. */
  readonly response?: string
  readonly responseCode?: number
  readonly recipient?: string
  readonly rejectedErrors?: readonly SmtpError[]
}

async function deliver(socket: Socket, config: Config, message: ChannelMessage, to: readonly string[], ca: readonly string[] | undefined) {
  const { createTransport } = await import('nodemailer')
  const milliseconds = TIMEOUT_SECONDS * 1000
  const transport = createTransport({
    connection: socket,
    host: config.smtp_server,
    secure: config.smtp_type === 'SSL',
    requireTLS: config.smtp_type === 'STARTTLS',
    ignoreTLS: config.smtp_type === 'INSECURE',
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: { servername: config.smtp_server, rejectUnauthorized: config.verify, ...(ca ? { ca: [...ca] } : {}) },
    ...(config.username === null ? {} : { auth: { user: config.username, pass: config.password! } }),
  })
  const {
    accepted,
    rejectedErrors = [],
    response,
  } = (await transport.sendMail({
    from: config.from_email,
    to: [...to],
    subject: message.subject,
    ...emailBody(message),
    messageId: `<${message.deliveryId}@${product.name}>`,
    headers: { [`${product.title}-Delivery`]: message.deliveryId, 'X-Mailer': SENDER_NAME, 'Auto-Submitted': 'auto-generated' },
  })) as { accepted: (string | { address: string })[]; rejectedErrors?: readonly SmtpError[]; response: string }
  const taken = accepted.map(one => (typeof one === 'string' ? one : one.address))
  return to.map(recipient => answerFor(recipient, taken, rejectedErrors, response))
}

function answerFor(recipient: string, taken: readonly string[], refused: readonly SmtpError[], response: string): PartAnswer {
  const refusal = refused.find(error => error.recipient !== undefined && recipient.includes(error.recipient))
  if (refusal && !taken.includes(recipient)) return { recipient, text: refusal.response ?? '', ...judgeSmtp(refusal) }
  return {
    recipient,
    text: response,
    outcome: 'DELIVERED',
    status: Number(response.slice(0, 3)) || null,
    retryAfterSeconds: null,
    error: null,
  }
}

// What was configured wrongly stays wrong; connections, name servers and servers that are busy get better.
const final = ['EAUTH', 'ENOAUTH', 'ETLS', 'EENVELOPE', 'EMESSAGE', 'EOAUTH2']

/** By the server's own code: 4xx may go better another time, 5xx will not. */
function judgeSmtp(error: unknown): Verdict {
  const { code, responseCode, message } = error as SmtpError
  if (responseCode !== undefined)
    return { outcome: responseCode >= 500 ? 'FAILED' : 'RETRY', status: responseCode, retryAfterSeconds: null, error: message }
  if (code !== undefined && final.includes(code)) return { outcome: 'FAILED', status: null, retryAfterSeconds: null, error: message }
  return judgeFailure(error, TIMEOUT_SECONDS)
}
