import type { ChannelSeverity } from '../../core/channels/index.ts'
import { toIso } from '../../kernel/clock.ts'
import { SENDER_NAME, severityOf, shorten } from './message-text.ts'
import { given, json, type RequestsOf } from './request.ts'

const LONGEST_SUMMARY = 1024
const LONGEST_BODY = 100_000
const LONGEST_KEY = 255

const severities: Readonly<Record<ChannelSeverity, string>> = { info: 'info', success: 'info', warning: 'warning', failure: 'critical' }

export const pagerDutyWebhook: RequestsOf<'pager-duty-webhook'> = (config, message) => {
  const isResolve = message.isResolve && message.dedupKey !== null
  const incident = {
    routing_key: config.integration_key,
    event_action: isResolve ? 'resolve' : 'trigger',
    // Without a key of its own an attempt that is repeated would open a second incident.
    dedup_key: (message.dedupKey ?? message.deliveryId).slice(0, LONGEST_KEY),
  }
  const links = [config.clickable_url, message.link].filter(href => href !== null).map(href => ({ href }))
  return [
    {
      recipient: null,
      url: `https://events.${config.region_name === 'eu' ? 'eu.' : ''}pagerduty.com/v2/enqueue`,
      accepted: [200, 201, 202],
      ...json(
        given({
          ...incident,
          client: SENDER_NAME,
          payload: given({
            summary: shorten(message.subject, LONGEST_SUMMARY),
            severity: severities[severityOf(message, config.notify_type)],
            source: config.source,
            component: config.component,
            group: config.group,
            class: config.class_id,
            timestamp: toIso(message.occurredAt),
            custom_details: { ...config.custom_details, 'Prefect Notification Body': shorten(message.body, LONGEST_BODY) },
          }),
          links: links.length > 0 ? links : null,
        }),
        { authorization: `Token token=${config.api_key}` },
      ),
    },
  ]
}
