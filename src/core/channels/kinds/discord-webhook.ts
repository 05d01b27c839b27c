import { z } from 'zod'
import { isYes } from '../apprise-url.ts'
import { defineChannel, flag, NO_IMAGES, notifyType, optional, secret, text } from '../channel-definition.ts'

export const discordWebhook = defineChannel({
  kind: 'discord-webhook',
  title: 'Discord Webhook',
  description: 'Posts to a Discord channel through one of its webhooks.',
  schema: z.object({
    webhook_id: secret('Id of the webhook: in its address, the first part after /api/webhooks/.'),
    webhook_token: secret('Token of the webhook: in its address, the part after the id.'),
    botname: optional(text('Name to post under. Left out: the webhook’s own.')),
    tts: flag('Whether Discord reads the message aloud.', false),
    include_image: flag(NO_IMAGES, false),
    avatar: flag('Whether avatar_url replaces the webhook’s own picture.', false),
    avatar_url: optional(text('Address of the picture to post with.')),
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
