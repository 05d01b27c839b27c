import { z } from 'zod'
import { isYes, listed, orNull } from '../apprise-url.ts'
import { defineChannel, flag, notifyType, optional, region, secret, text, texts, withDefault } from '../channel-definition.ts'

export const opsgenieWebhook = defineChannel({
  kind: 'opsgenie-webhook',
  title: 'Opsgenie Webhook',
  description: 'Opens an alert at Opsgenie, and closes it.',
  schema: z.object({
    apikey: secret('Key of an API integration.'),
    target_user: texts('Users to be told.'),
    target_team: texts('Teams to be told.'),
    target_schedule: texts('Schedules whose people on call are told.'),
    target_escalation: texts('Escalations to begin.'),
    region_name: region,
    batch: flag('Whether up to 50 responders go in one alert; else each has one.', false),
    tags: texts('Tags of the alert.'),
    priority: withDefault(z.int().min(1).max(5).describe('From 1, the highest, to 5.'), 3),
    alias: optional(text('Name of the alert: one that is open is not opened again. The message’s dedup key goes before it.')),
    entity: optional(text('What the alert is about.')),
    details: optional(z.record(z.string(), z.string()).describe('Further facts of the alert.')),
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
