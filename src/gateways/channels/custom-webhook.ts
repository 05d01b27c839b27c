import { createHmac } from 'node:crypto'
import { type ChannelConfig, type ChannelMessage, SIGNING_SECRET, substitute } from '../../core/channels/index.ts'
import { type Instant, toSeconds } from '../../kernel/clock.ts'
import type { ChannelRequest, RequestsOf } from './request.ts'

type Config = ChannelConfig<'custom-webhook'>

export const customWebhook: RequestsOf<'custom-webhook'> = (config, message, now) => {
  const values = valuesOf(config, message)
  const fill = <Value>(value: Value): Value => substitute(value, name => values.get(name))
  const { body, contentType } = bodyOf(fill(config.json_data), fill(config.form_data))
  const cookies = Object.entries(fill(config.cookies) ?? {}).map(([name, value]) => `${name}=${value}`)
  const headers = {
    ...(contentType ? { 'content-type': contentType } : {}),
    ...(cookies.length > 0 ? { cookie: headerValue(cookies.join('; ')) } : {}),
    ...Object.fromEntries(Object.entries(fill(config.headers) ?? {}).map(([name, value]) => [name.toLowerCase(), headerValue(value)])),
    ...signature(config, message, now, body ?? ''),
  }
  const request: ChannelRequest = {
    recipient: null,
    url: urlOf(config, message, values),
    method: config.method,
    headers,
    body,
    timeoutSeconds: config.timeout,
    arePrivateRefused: !config.allow_private_urls,
  }
  return [request]
}

const valuesOf = ({ name, secrets }: Config, { subject, body }: ChannelMessage): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(secrets).map(([key, value]) => [key, String(value)] as const),
    ['subject', subject],
    ['body', body],
    ['name', name],
  ])

/** In the address a secret stands as it is, since it may be all of it; what the message says is escaped, so that it cannot lead elsewhere. */
function urlOf(config: Config, { subject, body }: ChannelMessage, values: ReadonlyMap<string, string>): string {
  const escaped = new Map([...values, ['subject', encodeURIComponent(subject)], ['body', encodeURIComponent(body)]])
  const url = URL.parse(substitute(config.url, name => escaped.get(name)).trim())
  if (!url) return config.url
  for (const [name, value] of Object.entries(config.params ?? {}))
    url.searchParams.append(
      name,
      substitute(value, key => values.get(key)),
    )
  return url.href
}

function bodyOf(jsonData: Config['json_data'], formData: Config['form_data']): { body: string | null; contentType?: string } {
  if (jsonData !== null) return { body: JSON.stringify(jsonData), contentType: 'application/json' }
  if (typeof formData === 'string') return { body: formData }
  if (formData !== null) return { body: new URLSearchParams(formData).toString(), contentType: 'application/x-www-form-urlencoded' }
  return { body: null }
}

/** A header is one line of bytes: line breaks become blanks, other signs go as UTF-8. */
const headerValue = (value: string): string => Buffer.from(value.replaceAll(/[\r\n\0]+/g, ' ').trim()).toString('latin1')

/** As the Standard Webhooks specification has it: HMAC-SHA256 over `id.timestamp.body`. */
function signature({ secrets }: Config, { deliveryId }: ChannelMessage, now: Instant, body: string): Record<string, string> {
  const secret = secrets[SIGNING_SECRET]
  if (secret === undefined) return {}
  const timestamp = Math.floor(toSeconds(now))
  const signed = createHmac('sha256', keyOf(String(secret)))
    .update(`${deliveryId}.${timestamp}.${body}`)
    .digest('base64')
  return { 'webhook-id': deliveryId, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signed}` }
}

const keyOf = (secret: string): Buffer => (secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret))
