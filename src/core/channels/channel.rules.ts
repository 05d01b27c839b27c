import { z } from 'zod'
import { invalid, invalidAt } from '../../kernel/errors.ts'
import { toIssue } from '../../kernel/operation.ts'
import { readAppriseUrl } from './apprise-url.ts'
import type { ChannelKind, ChannelSummary } from './channel.ts'
import type { ChannelDefinition } from './channel-definition.ts'
import { customWebhook } from './kinds/custom-webhook.ts'
import { discordWebhook } from './kinds/discord-webhook.ts'
import { mattermostWebhook } from './kinds/mattermost-webhook.ts'
import { msTeamsWebhook } from './kinds/ms-teams-webhook.ts'
import { opsgenieWebhook } from './kinds/opsgenie-webhook.ts'
import { pagerDutyWebhook } from './kinds/pager-duty-webhook.ts'
import { sendgridEmail } from './kinds/sendgrid-email.ts'
import { slackWebhook } from './kinds/slack-webhook.ts'
import { smtpEmail } from './kinds/smtp-email.ts'
import { twilioSms } from './kinds/twilio-sms.ts'

const definitions = Object.freeze({
  'custom-webhook': customWebhook,
  'discord-webhook': discordWebhook,
  'mattermost-webhook': mattermostWebhook,
  'ms-teams-webhook': msTeamsWebhook,
  'opsgenie-webhook': opsgenieWebhook,
  'pager-duty-webhook': pagerDutyWebhook,
  'sendgrid-email': sendgridEmail,
  'slack-webhook': slackWebhook,
  'smtp-email': smtpEmail,
  'twilio-sms': twilioSms,
}) satisfies Readonly<Record<ChannelKind, unknown>>

type Definitions = typeof definitions

/** The configuration of a channel, checked, with every default in its place. */
export type ChannelConfig<Kind extends ChannelKind> = z.output<Definitions[Kind]['schema']>

export interface Channel<Kind extends ChannelKind = ChannelKind> {
  readonly kind: Kind
  readonly config: ChannelConfig<Kind>
  readonly summary: ChannelSummary
  /** What an answer, an error or a log must not hold. */
  readonly secrets: readonly string[]
}

export const channelKinds = Object.freeze(Object.keys(definitions)) as readonly ChannelKind[]

export const isChannelKind = (slug: string): slug is ChannelKind => Object.hasOwn(definitions, slug)

/** Reads the data of a channel’s block document. Throws INVALID with the field and what is wrong with it. */
export function parseChannel<Kind extends ChannelKind>(kind: Kind, config: unknown): Channel<Kind> {
  const definition = definitions[kind] as unknown as ChannelDefinition
  const parsed = definition.schema.safeParse(config)
  if (!parsed.success) throw invalid(parsed.error.issues.map(toIssue))
  return {
    kind,
    config: parsed.data as ChannelConfig<Kind>,
    summary: definition.summarise(parsed.data),
    secrets: definition.secretsOf(parsed.data).filter(value => value.length >= SHORTEST_SECRET),
  }
}

// Masking every "1" of an answer would hide nothing and spoil everything.
const SHORTEST_SECRET = 4

/** The channel that an Apprise URL describes, e.g. `slack://A/B/C`. Throws INVALID; the error never repeats the URL. */
export function channelFromUrl(url: string): { readonly kind: ChannelKind; readonly config: Readonly<Record<string, unknown>> } {
  const parts = readAppriseUrl(url)
  if (!parts) throw invalidAt(['url'], 'is not a URL such as slack://token_a/token_b/token_c')
  for (const kind of channelKinds) {
    const found = definitions[kind].fromUrl(parts)
    if (found === undefined) continue
    const config = withoutNulls(found)
    parseChannel(kind, config)
    return { kind, config }
  }
  if (parts.scheme === 'msteams') throw invalidAt(['url'], `is a connector that Microsoft has retired; make a workflow and use its address`)
  const forms = channelKinds.flatMap(kind => definitions[kind].urlForms)
  throw invalidAt(['url'], `is of no form that is known for ${parts.scheme}://; known are ${forms.join('  ')}`)
}

const withoutNulls = (config: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null))

export interface ChannelKindDescription {
  readonly kind: ChannelKind
  readonly title: string
  readonly description: string
  /** JSON Schema of its configuration; secret fields are `writeOnly`. */
  readonly schema: Readonly<Record<string, unknown>>
  readonly urlForms: readonly string[]
}

export const describeChannelKind = (kind: ChannelKind): ChannelKindDescription => {
  const { title, description, schema, urlForms } = definitions[kind] as unknown as ChannelDefinition
  return { kind, title, description, urlForms, schema: z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown> }
}
