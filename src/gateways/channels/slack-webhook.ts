import { toSeconds } from '../../kernel/clock.ts'
import { bodyWithLink, colours, SENDER_NAME, severityOf, shorten } from './message-text.ts'
import { json, type RequestsOf } from './request.ts'

const LONGEST_TEXT = 35_000

export const slackWebhook: RequestsOf<'slack-webhook'> = (config, message) => [
  {
    recipient: null,
    url: config.url,
    arePrivateRefused: !config.allow_private_urls,
    ...json({
      mrkdwn: true,
      attachments: [
        {
          title: escapeText(message.subject),
          text: escapeText(shorten(bodyWithLink(message), LONGEST_TEXT)),
          color: colours[severityOf(message, config.notify_type)],
          footer: SENDER_NAME,
          ts: Math.floor(toSeconds(message.occurredAt)),
        },
      ],
    }),
  },
]

// Slack's own marks stay: <!here>, <@U012>, <#C012>, <https://example.org|a link>.
const signs = /<(?:!|@[UW]|#C|https?:\/\/|mailto:)[^<>]*>|[&<>]/g
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escapeText = (text: string): string => text.replaceAll(signs, sign => entities[sign] ?? sign)
