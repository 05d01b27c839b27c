import type { ChannelSeverity } from '../../core/channels/index.ts'
import { bodyWithLink, severityOf, shorten } from './message-text.ts'
import { json, type RequestsOf } from './request.ts'

// Teams takes 28 kB: so many characters at three bytes each, and the card around them.
const LONGEST_TEXT = 8000

const colours: Readonly<Record<ChannelSeverity, string>> = { info: 'Accent', success: 'Good', warning: 'Warning', failure: 'Attention' }

export const msTeamsWebhook: RequestsOf<'ms-teams-webhook'> = (config, message) => [
  {
    recipient: null,
    url: config.url,
    accepted: [200, 202],
    arePrivateRefused: !config.allow_private_urls,
    ...json({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              {
                type: 'TextBlock',
                text: message.subject,
                style: 'heading',
                weight: 'Bolder',
                size: 'Large',
                color: colours[severityOf(message, config.notify_type)],
                wrap: config.wrap,
                id: 'title',
              },
              { type: 'TextBlock', text: shorten(bodyWithLink(message), LONGEST_TEXT), style: 'default', wrap: config.wrap, id: 'body' },
            ],
            ...(message.link === null ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Open', url: message.link }] }),
            msteams: { width: 'full' },
          },
        },
      ],
    }),
  },
]
