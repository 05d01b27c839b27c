import type { ChannelMessage } from '../../core/channels/index.ts'
import { bodyWithLink } from './message-text.ts'

/** A message as plain text, and as HTML that says the same and no more: what looks like markup in it is text. */
export function emailBody(message: ChannelMessage): { readonly text: string; readonly html: string } {
  const text = bodyWithLink(message)
  const lines = escapeHtml(text)
    .replaceAll(/https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g, url => `<a href="${url}">${url}</a>`)
    .split(/\r?\n/)
  return { text, html: `<p>${lines.join('<br>\n')}</p>` }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, sign => entities[sign]!)
