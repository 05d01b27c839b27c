import type { Channel, ChannelMessage, ChannelRendering, RenderedField } from '../../core/channels/index.ts'
import { emailBody } from './email-body.ts'
import { maskFor } from './masking.ts'
import type { ChannelRequest } from './request.ts'

/** What a channel would be given, field by field as the provider names them, with the secrets masked. */
export function renderFor(channel: Channel, message: ChannelMessage, requests: readonly ChannelRequest[]): ChannelRendering {
  const mask = maskFor(channel.secrets)
  const { recipients, fields } = emailOf(channel, message) ?? {
    recipients: requests.flatMap(({ recipient }) => recipient ?? []),
    fields: requests[0] ? fieldsOf(requests[0]) : [],
  }
  return { recipients, fields: fields.map(field => ({ ...field, text: mask(field.text) })) }
}

/** Mail is mail, whether a mail server takes it or a provider. */
function emailOf({ kind, config }: Channel, message: ChannelMessage): ChannelRendering | undefined {
  if (kind !== 'smtp-email' && kind !== 'sendgrid-email') return undefined
  const mail = config as { readonly to_emails: string[]; readonly from_email?: string; readonly sender_email?: string }
  const { text, html } = emailBody(message)
  return {
    recipients: mail.to_emails,
    fields: [
      plain('from', mail.from_email ?? mail.sender_email ?? ''),
      plain('subject', message.subject),
      plain('text', text),
      { name: 'html', text: html, isHtml: true },
    ],
  }
}

function fieldsOf({ url, method, headers, body }: ChannelRequest): readonly RenderedField[] {
  const kind = headers?.['content-type'] ?? ''
  if (kind.startsWith('application/json')) return leavesOf(JSON.parse(String(body)), [])
  if (kind === 'application/x-www-form-urlencoded') return [...new URLSearchParams(String(body))].map(([name, text]) => plain(name, text))
  return [plain(`${method} address`, url), ...(body ? [plain('body', String(body))] : [])]
}

const plain = (name: string, text: string): RenderedField => ({ name, text, isHtml: false })

/** `{ payload: { summary: 'x' } }` → `payload.summary`: x */
const leavesOf = (value: unknown, path: readonly string[]): readonly RenderedField[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
    : [plain(path.join('.'), String(value))]
