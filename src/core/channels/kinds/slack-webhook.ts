import { z } from 'zod'
import { allowPrivateUrls, defineChannel, hostOf, notifyType, secretsOfUrl, webhookUrl } from '../channel-definition.ts'

export const slackWebhook = defineChannel({
  kind: 'slack-webhook',
  title: 'Slack Webhook',
  description: 'Posts to a Slack channel through an incoming webhook, or to anything else that takes the same messages.',
  schema: z.object({
    url: webhookUrl('Address of the incoming webhook: https://hooks.slack.com/services/… as Slack shows it.'),
    allow_private_urls: allowPrivateUrls,
    notify_type: notifyType,
  }),
  urlForms: ['slack://{token_a}/{token_b}/{token_c}', 'https://hooks.slack.com/services/{token_a}/{token_b}/{token_c}'],
  fromUrl({ scheme, host, path, text }) {
    if (scheme === 'slack' && path.length === 2) return { url: `https://hooks.slack.com/services/${host}/${path.join('/')}` }
    return scheme === 'https' && /^hooks\.slack(-gov)?\.com$/i.test(host) ? { url: text } : undefined
  },
  summarise: ({ url }) => ({ host: hostOf(url), recipients: null }),
  secretsOf: ({ url }) => secretsOfUrl(url),
})
