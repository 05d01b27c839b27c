import { z } from 'zod'
import type { AppriseUrl } from './apprise-url.ts'
import type { ChannelKind, ChannelSummary } from './channel.ts'

/** All there is to know of a kind of channel but how to send. The fields have the names of the SDK's block of that kind. */
export interface ChannelDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly kind: ChannelKind
  readonly title: string
  readonly description: string
  readonly schema: Schema
  /** Apprise URLs of this kind, as a form to fill in. */
  readonly urlForms: readonly string[]
  /** Configuration from an Apprise URL, not yet checked; undefined when it is of another kind. */
  fromUrl(url: AppriseUrl): Readonly<Record<string, unknown>> | undefined
  summarise(config: z.output<Schema>): ChannelSummary
  /** What must never be shown: neither as it is nor inside something else. */
  secretsOf(config: z.output<Schema>): readonly string[]
}

export const defineChannel = <Schema extends z.ZodType>(definition: ChannelDefinition<Schema>): ChannelDefinition<Schema> => definition

const required = 'must not be empty'

export const text = (description: string) => z.string().trim().min(1, required).describe(description)

/** Kept sealed, and never shown. */
export const secret = (description: string) => z.string().trim().min(1, required).meta({ description, format: 'password', writeOnly: true })

/** The SDK writes null for what is not given. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform(value => (value ?? null) as z.output<Schema> | null)

/** A value that stands where none is given, null included. */
export const withDefault = <Schema extends z.ZodType>(schema: Schema, fallback: z.output<Schema>) =>
  schema
    .meta({ ...schema.meta(), default: fallback })
    .nullish()
    .transform(value => (value ?? fallback) as z.output<Schema>)

export const flag = (description: string, fallback: boolean) => withDefault(z.boolean().describe(description), fallback)

/** The SDK’s blocks can show pictures that are kept at a third party; this server links to none. */
export const NO_IMAGES = 'Accepted because the SDK sends it; it has no effect, since messages show no pictures.'

export const texts = (description: string) => optional(z.array(z.string().trim().min(1, required)).describe(description))

export const recipients = (description: string) =>
  z.array(z.string().trim().min(1, required)).min(1, 'must name one at least').describe(description)

/** The SDK writes `info` or, with an older Apprise, `prefect_default` where nobody has chosen. */
export const notifyType = withDefault(
  z
    .enum(['prefect_default', 'info', 'success', 'warning', 'failure'])
    .describe('Severity of everything this channel sends. info and prefect_default, the SDK’s defaults, leave it to the message.'),
  'prefect_default',
)

export const allowPrivateUrls = flag(
  'Whether addresses of a private network may be reached, if the server’s settings allow them. Off: never.',
  true,
)

const isUrl = (value: string): boolean => /^https?:$/.test(URL.parse(value)?.protocol ?? '')
const NO_URL = 'must be an http:// or https:// URL'

export const webhookUrl = (description: string) => secret(description).refine(isUrl, NO_URL)

export const link = (description: string) => text(description).refine(isUrl, NO_URL)

export const region = withDefault(z.enum(['us', 'eu']).describe('Region of the account: us or eu.'), 'us')

/** The secret part of a URL: all behind its host, and each piece of it that could be a token. */
export const secretsOfUrl = (url: string): readonly string[] => {
  const parsed = URL.parse(url)
  if (!parsed) return [url]
  const { href, pathname, search, searchParams, password } = parsed
  return [url, href, pathname + search, pathname, pathname.split('/').at(-1)!, ...searchParams.values(), password]
}

/** As basic authentication carries them. */
export const asCredentials = (user: string, password: string): string => Buffer.from(`${user}:${password}`).toString('base64')

export const hostOf = (url: string): string => URL.parse(url)?.host ?? 'unknown'
