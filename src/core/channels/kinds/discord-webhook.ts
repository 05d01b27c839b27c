import { z } from 'zod'
import { isYes } from '../apprise-url.ts'
import { defineChannel, flag, NO_IMAGES, notifyType, optional, secret, text } from '../channel-definition.ts'

export const discordWebhook = defineChannel({
  kind: 'discord-webhook',
  title: 'Discord Webhook',
  description: 'Posts to a Discord channel by a webhook of it.',
  schema: z.object({
    webhook_id: secret('The first part of the webhook’s address behind /api/webhooks/.'),
    webhook_token: secret('The second part.'),
    botname: optional(text('Under which name it posts; that of the webhook when left out.')),
    tts: flag('Whether Discord reads it aloud.', false),
    include_image: flag(NO_IMAGES, false),
    avatar: flag('Whether the picture of the webhook is replaced.', false),
    avatar_url: optional(text('By which picture.')),
    notify_type: notifyType,
  }),
  urlForms: ['discord://{webhook_id}/{webhook_token}', 'https://discord.com/api/webhooks/{webhook_id}/{webhook_token}'],
  fromUrl({ scheme, user, host, path, query }) {
    if (scheme === 'https' && /^discord(app)?\.com$/i.test(host) && path[1] === 'webhooks' && path.length === 4)
      return { webhook_id: path[2]!, webhook_token: path[3]! }
    if (scheme !== 'discord' || path.length !== 1) return undefined
    return {
      webhook_id: host,
      webhook_token: path[0]!,
      botname: user || null,
      tts: isYes(query.get('tts'), false),
      include_image: isYes(query.get('image'), false),
      avatar: isYes(query.get('avatar'), false),
      avatar_url: query.get('avatar_url') ?? null,
    }
  },
  summarise: ({ botname }) => ({ host: 'discord.com', recipients: botname }),
  secretsOf: ({ webhook_id, webhook_token }) => [webhook_id, webhook_token],
})
