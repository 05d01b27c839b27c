import { z } from 'zod'
import { isYes } from '../apprise-url.ts'
import { defineChannel, flag, link, NO_IMAGES, notifyType, optional, region, secret, text, withDefault } from '../channel-definition.ts'
import { detailsOf } from './opsgenie-webhook.ts'

export const pagerDutyWebhook = defineChannel({
  kind: 'pager-duty-webhook',
  title: 'Pager Duty Webhook',
  description: 'Triggers incidents in PagerDuty, and resolves them.',
  schema: z.object({
    integration_key: secret('Integration key of the service’s Events API v2 integration.'),
    api_key: secret('Key for the REST API of the PagerDuty account.'),
    source: withDefault(text('The affected system.'), 'Prefect'),
    component: withDefault(text('The affected part of that system.'), 'Notification'),
    group: optional(text('Group of systems that it belongs to.')),
    class_id: optional(text('Class of the event.')),
    region_name: region,
    clickable_url: optional(link('A link to show with every incident.')),
    include_image: flag(NO_IMAGES, true),
    custom_details: optional(z.record(z.string(), z.string()).describe('Further details of the incident, by name.')),
    notify_type: notifyType,
  }),
  urlForms: ['pagerduty://{integration_key}@{api_key}/{source}/{component}?region={us|eu}&group={group}&class={class_id}&click={url}'],
  fromUrl({ scheme, user, host, path, query }) {
    if (scheme !== 'pagerduty') return undefined
    return {
      integration_key: user || (query.get('integrationkey') ?? ''),
      api_key: host,
      source: query.get('source') ?? path[0] ?? null,
      component: query.get('component') ?? path[1] ?? null,
      group: query.get('group') ?? null,
      class_id: query.get('class') ?? null,
      region_name: query.get('region')?.toLowerCase() === 'eu' ? 'eu' : 'us',
      clickable_url: query.get('click') ?? null,
      include_image: isYes(query.get('image'), true),
      custom_details: detailsOf(query),
    }
  },
  summarise: ({ region_name, source }) => ({
    host: region_name === 'eu' ? 'events.eu.pagerduty.com' : 'events.pagerduty.com',
    recipients: source,
  }),
  secretsOf: ({ integration_key, api_key }) => [integration_key, api_key],
})
