import { z } from 'zod'
import { type AppriseUrl, isYes } from '../apprise-url.ts'
import { allowPrivateUrls, defineChannel, flag, hostOf, NO_IMAGES, notifyType, secretsOfUrl, webhookUrl } from '../channel-definition.ts'

export const msTeamsWebhook = defineChannel({
  kind: 'ms-teams-webhook',
  title: 'Microsoft Teams Webhook',
  description: 'Posts a card to a Microsoft Teams channel through a workflow that is triggered by a webhook.',
  schema: z.object({
    url: webhookUrl('Address of the workflow, as Teams shows it.'),
    include_image: flag(NO_IMAGES, true),
    wrap: flag('Whether long lines are wrapped.', true),
    allow_private_urls: allowPrivateUrls,
    notify_type: notifyType,
  }),
  urlForms: ['workflows://{host}:{port}/{workflow}/{signature}', 'msteams://{host}:{port}/{workflow}/{signature}'],
  fromUrl(url) {
    if (/^(workflows?|msteams)$/.test(url.scheme) && url.host.includes('.') && url.path.length === 2) return fromWorkflow(url)
    return url.scheme === 'https' && url.path.includes('workflows') && url.path.includes('triggers') ? { url: url.text } : undefined
  },
  summarise: ({ url }) => ({ host: hostOf(url), recipients: null }),
  secretsOf: ({ url }) => secretsOfUrl(url),
})

function fromWorkflow({ host, port, path: [workflow, signature], query }: AppriseUrl) {
  const isPowerAutomate = isYes(query.get('powerautomate') ?? query.get('pa'), false)
  const version = query.get('ver') ?? query.get('api-version') ?? (isPowerAutomate ? '2022-03-01-preview' : '2016-06-01')
  const start = `https://${host}${port === null ? '' : `:${port}`}${isPowerAutomate ? '/powerautomate/automations/direct' : ''}`
  const asked = new URLSearchParams({ 'api-version': version, sp: '/triggers/manual/run', sv: '1.0', sig: signature! })
  return {
    url: `${start}/workflows/${encodeURIComponent(workflow!)}/triggers/manual/paths/invoke?${asked}`,
    include_image: isYes(query.get('image'), true),
    wrap: isYes(query.get('wrap'), true),
  }
}
