import { shorten, titleAndBody } from './message-text.ts'
import { given, json, type RequestsOf } from './request.ts'

const LONGEST_TEXT = 2000

export const discordWebhook: RequestsOf<'discord-webhook'> = (config, message) => [
  {
    recipient: null,
    url: `https://discord.com/api/webhooks/${encodeURIComponent(config.webhook_id)}/${encodeURIComponent(config.webhook_token)}`,
    accepted: [200, 204],
    ...json(
      given({
        tts: config.tts,
        wait: true,
        content: shorten(titleAndBody(message), LONGEST_TEXT),
        username: config.botname,
        avatar_url: config.avatar ? config.avatar_url : null,
      }),
    ),
  },
]
