import type { ChannelMessage, ChannelSeverity } from '../../core/channels/index.ts'
import { product } from '../../kernel/product.ts'

/** How the server calls itself where a message says who sent it. */
export const SENDER_NAME = `${product.title} Notifications`

/** What fits, and how much was left out. Never half of a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const note = (left: number) => `\n… (${left} more characters)`
  const kept = [...text.slice(0, limit - note(text.length).length)]
  if (/[\uD800-\uDBFF]$/.test(kept.at(-1) ?? '')) kept.pop()
  const start = kept.join('')
  return start + note(text.length - start.length)
}

/** The body, with the link below it unless it stands there already. */
export const bodyWithLink = ({ body, link }: ChannelMessage): string => (link === null || body.includes(link) ? body : `${body}\n${link}`)

/** For providers that know no titles. */
export const titleAndBody = (message: ChannelMessage): string => `${message.subject}\r\n${bodyWithLink(message)}`

type NotifyType = ChannelSeverity | 'prefect_default'

/** A channel that is set to one severity says everything with it. */
export const severityOf = ({ severity }: ChannelMessage, notifyType: NotifyType): ChannelSeverity =>
  notifyType === 'prefect_default' || notifyType === 'info' ? severity : notifyType

export const colours: Readonly<Record<ChannelSeverity, string>> = {
  info: '#3AA3E3',
  success: '#3AA337',
  warning: '#CACF29',
  failure: '#A32037',
}
