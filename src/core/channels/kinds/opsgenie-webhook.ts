import { z } from 'zod'
import { isYes, listed, orNull } from '../apprise-url.ts'
import { defineChannel, flag, notifyType, optional, region, secret, text, texts, withDefault } from '../channel-definition.ts'

export const opsgenieWebhook = defineChannel({
  kind: 'opsgenie-webhook',
  title: 'Opsgenie Webhook',
  description: 'Opens alerts in Opsgenie, and closes them.',
  schema: z.object({
    apikey: secret('API key of an API integration in Opsgenie.'),
    target_user: texts('Users to alert.'),
    target_team: texts('Teams to alert.'),
    target_schedule: texts('Schedules: whoever is on call is alerted.'),
    target_escalation: texts('Escalations to start.'),
    region_name: region,
    batch: flag('Whether up to 50 responders share one alert. Off: each has an alert of their own.', false),
    tags: texts('Tags of the alert.'),
    priority: withDefault(z.int().min(1).max(5).describe('Priority, from 1 (highest) to 5.'), 3),
    alias: optional(
      text(
        'Alias of the alert: while an alert with this alias is open, it is not opened again. A dedup key of the message takes precedence.',
      ),
    ),
    entity: optional(text('What the alert is about.')),
    details: optional(z.record(z.string(), z.string()).describe('Further details of the alert, by name.')),
    notify_type: notifyType,
  }),
  urlForms: ['opsgenie://{apikey}/@{user}/#{team}/*{schedule}/^{escalation}?region={us|eu}&priority={1-5}&tags={tag},{tag}'],
  fromUrl({ scheme, host, path, query }) {
    if (scheme !== 'opsgenie') return undefined
    const targets = [...path, ...listed(query.get('to'))]
    const beginning = (sign: string) => targets.filter(target => target.startsWith(sign)).map(target => target.slice(1))
    const bare = targets.filter(target => !/^[@#*^]/.test(target))
    return {
      apikey: host,
      target_user: orNull([...beginning('@'), ...bare]),
      target_team: orNull(beginning('#')),
      target_schedule: orNull(beginning('*')),
      target_escalation: orNull(beginning('^')),
      region_name: query.get('region')?.toLowerCase() === 'eu' ? 'eu' : 'us',
      batch: isYes(query.get('batch'), false),
      tags: orNull(listed(query.get('tags'))),
      priority: Number(/[1-5]/.exec(query.get('priority') ?? '')?.[0] ?? 3),
      alias: query.get('alias') ?? null,
      entity: query.get('entity') ?? null,
      details: detailsOf(query),
    }
  },
  summarise: ({ region_name, ...targets }) => ({
    host: region_name === 'eu' ? 'api.eu.opsgenie.com' : 'api.opsgenie.com',
    recipients:
      [targets.target_user, targets.target_team, targets.target_schedule, targets.target_escalation]
        .flatMap(names => names ?? [])
        .join(', ') || null,
  }),
  secretsOf: ({ apikey }) => [apikey],
})

/** `+name=value` */
export function detailsOf(query: ReadonlyMap<string, string>): Record<string, string> | null {
  const named = [...query].filter(([name]) => name.startsWith('+')).map(([name, value]) => [name.slice(1), value])
  return named.length > 0 ? Object.fromEntries(named) : null
}
