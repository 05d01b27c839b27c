import { z } from 'zod'
import { isYes, listed, orNull } from '../apprise-url.ts'
import { defineChannel, flag, NO_IMAGES, notifyType, optional, secret, text, texts, withDefault } from '../channel-definition.ts'

export const mattermostWebhook = defineChannel({
  kind: 'mattermost-webhook',
  title: 'Mattermost Webhook',
  description: 'Posts to channels of a Mattermost server through an incoming webhook.',
  schema: z.object({
    hostname: text('Host name of the Mattermost server.'),
    secure: flag('Whether to use https instead of http.', false),
    token: secret('Token of the webhook: the last part of its address.'),
    botname: optional(text('Name to post under. Left out: the webhook’s own.')),
    channels: texts('Names of the channels. Left out: the webhook’s own channel.'),
    include_image: flag(NO_IMAGES, false),
    path: optional(z.string().describe('Path in front of /hooks/ in the webhook’s address, if there is any.')),
    port: withDefault(z.int().min(1).max(65_535).describe('Port of the Mattermost server.'), 8065),
    notify_type: notifyType,
  }),
  urlForms: ['mmost://{botname}@{hostname}:{port}/{path}/{token}?channels={channel},{channel}', 'mmosts://{hostname}/{token}'],
  fromUrl({ scheme, user, host, port, path, query }) {
    if (!/^mmosts?$/.test(scheme) || path.length === 0) return undefined
    const isSecure = scheme === 'mmosts'
    return {
      hostname: host,
      secure: isSecure,
      port: port ?? (isSecure ? 443 : 8065),
      token: path.at(-1)!,
      path: path.length > 1 ? `/${path.slice(0, -1).join('/')}` : null,
      botname: user || null,
      channels: orNull(listed(query.get('channels') ?? query.get('channel') ?? query.get('to')).map(name => name.replace(/^#/, ''))),
      include_image: isYes(query.get('image'), false),
    }
  },
  summarise: ({ hostname, port, channels }) => ({ host: `${hostname}:${port}`, recipients: channels?.join(', ') ?? null }),
  secretsOf: ({ token }) => [token],
})
