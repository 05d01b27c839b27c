import type { ChannelConfig, ChannelMessage } from '../../core/channels/index.ts'
import { bodyWithLink, SENDER_NAME, severityOf, shorten } from './message-text.ts'
import { type ChannelRequest, given, json, type RequestsOf } from './request.ts'

const LONGEST_MESSAGE = 130
const LONGEST_DESCRIPTION = 15_000
const LONGEST_ALIAS = 512
const RESPONDERS_PER_ALERT = 50

type Config = ChannelConfig<'opsgenie-webhook'>

export const opsgenieWebhook: RequestsOf<'opsgenie-webhook'> = (config, message) => {
  const groups = groupsOf(config)
  const ask = message.isResolve && message.dedupKey !== null ? close : open
  return groups.map(group => ask(config, message, group, aliasOf(config, message, groups.length > 1 ? group : [])))
}

interface Responder {
  readonly type: 'team' | 'schedule' | 'user' | 'escalation'
  readonly name: string
}

function open(config: Config, message: ChannelMessage, group: readonly Responder[], alias: string): ChannelRequest {
  const responders = group.map(({ type, name }) => (type === 'user' ? { type, username: name } : { type, name }))
  return {
    ...askedOf(config, group, '/v2/alerts'),
    ...json(
      given({
        source: SENDER_NAME,
        message: shorten(message.subject, LONGEST_MESSAGE),
        description: shorten(bodyWithLink(message), LONGEST_DESCRIPTION),
        details: { ...config.details, type: severityOf(message, config.notify_type) },
        priority: `P${config.priority}`,
        tags: config.tags,
        entity: config.entity,
        alias,
        responders: responders.length > 0 ? responders : null,
      }),
      authorisation(config),
    ),
  }
}

const close = (config: Config, message: ChannelMessage, group: readonly Responder[], alias: string): ChannelRequest => ({
  ...askedOf(config, group, `/v2/alerts/${encodeURIComponent(alias)}/close?identifierType=alias`),
  ...json({ source: SENDER_NAME, note: shorten(message.subject, LONGEST_DESCRIPTION) }, authorisation(config)),
})

const askedOf = ({ region_name }: Config, group: readonly Responder[], path: string) => ({
  recipient: group.length > 0 ? group.map(written).join(', ') : null,
  url: `https://api.${region_name === 'eu' ? 'eu.' : ''}opsgenie.com${path}`,
  accepted: [200, 202],
})

const authorisation = ({ apikey }: Config) => ({ authorization: `GenieKey ${apikey}` })

const written = ({ type, name }: Responder): string => `${type} ${name}`

function groupsOf({ batch, ...config }: Config): readonly (readonly Responder[])[] {
  const named = (type: Responder['type'], names: readonly string[] | null) => (names ?? []).map(name => ({ type, name }))
  const all = [
    ...named('team', config.target_team),
    ...named('schedule', config.target_schedule),
    ...named('user', config.target_user),
    ...named('escalation', config.target_escalation),
  ]
  const size = batch ? RESPONDERS_PER_ALERT : 1
  const groups = Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
  return groups.length > 0 ? groups : [[]]
}

/** One alert of a name is open at a time: an attempt that is repeated opens no second one, and alerts for different responders have different names. */
const aliasOf = ({ alias }: Config, { dedupKey, deliveryId }: ChannelMessage, group: readonly Responder[]): string =>
  [dedupKey ?? alias ?? deliveryId, ...group.map(written)].join(' / ').slice(0, LONGEST_ALIAS)
