import { z } from 'zod'
import type { AppriseUrl } from '../apprise-url.ts'
import { allowPrivateUrls, asCredentials, defineChannel, optional, text, withDefault } from '../channel-definition.ts'

/** The secret of this name signs the requests. */
export const SIGNING_SECRET = 'signing_secret'

const placeholder = /\{\{\s*([\w.$[\]-]+)\s*\}\}/g
const ofMessage = ['subject', 'body', 'name']
const strings = z.record(z.string(), z.string())

export const customWebhook = defineChannel({
  kind: 'custom-webhook',
  title: 'Custom Webhook',
  description:
    'Sends an HTTP request of your own making. {{subject}}, {{body}}, {{name}} and the names of its secrets are filled in wherever they stand.',
  schema: z
    .object({
      name: text('Name of the webhook; it stands for {{name}}.'),
      url: text('Address of the request, beginning with http:// or https://.'),
      method: withDefault(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).describe('HTTP method.'), 'POST'),
      params: optional(strings.describe('Query parameters, added to those in the URL.')),
      json_data: optional(z.record(z.string(), z.unknown()).describe('Body of the request, as JSON.')),
      form_data: optional(
        z.union([strings, z.string()]).describe('Body of the request, as a form; a text is sent as it is. Not together with json_data.'),
      ),
      headers: optional(strings.describe('Headers of the request.')),
      cookies: optional(strings.describe('Cookies of the request.')),
      timeout: withDefault(z.number().positive().describe('How long to wait for an answer, in seconds; never longer than 45.'), 10),
      allow_private_urls: allowPrivateUrls,
      secrets: withDefault(
        z
          .record(z.string(), z.unknown())
          .meta({ description: `Values by name; ${SIGNING_SECRET} signs the requests.`, format: 'password', writeOnly: true }),
        {},
      ),
    })
    .superRefine((config, context) => {
      const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
      if (config.json_data !== null && config.form_data !== null)
        refuse('form_data', 'cannot stand beside json_data: a request has one body')
      if (!/^(https?:\/\/|\{\{)/i.test(config.url)) refuse('url', 'must begin with http:// or https://')
      const known = [...ofMessage, ...Object.keys(config.secrets)]
      for (const field of ['url', 'params', 'json_data', 'form_data', 'headers', 'cookies'] as const)
        for (const name of placeholdersIn(config[field]))
          if (!known.includes(name)) refuse(field, `{{${name}}} is not known; known are ${known.map(one => `{{${one}}}`).join(', ')}`)
    }),
  urlForms: ['json://{user}:{password}@{host}:{port}/{path}?+{header}={value}&-{param}={value}&method={method}', 'jsons://…'],
  fromUrl: url => (/^jsons?$/.test(url.scheme) ? fromJson(url) : undefined),
  summarise: ({ name, url }) => ({ host: URL.parse(url)?.host.replaceAll(/%7B.*?%7D/gi, '…') ?? '…', recipients: name }),
  secretsOf: ({ secrets, url, headers, params, cookies }) => [
    ...Object.values(secrets).map(String),
    ...Object.entries({ ...headers, ...params })
      .filter(([name, value]) => /auth|token|key|secret|cookie/i.test(name) && !value.includes('{{'))
      .map(([, value]) => value.replace(/^(Basic|Bearer|Token) /i, '')),
    ...Object.values(cookies ?? {}),
    ...passwordOf(url),
  ],
})

/** `https://user:password@host` */
function passwordOf(url: string): readonly string[] {
  const { username = '', password = '' } = URL.parse(url) ?? {}
  if (password === '') return []
  return [decodeURIComponent(password), asCredentials(decodeURIComponent(username), decodeURIComponent(password))]
}

function placeholdersIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(placeholder)].map(([, name]) => name!)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(placeholdersIn) : []
}

/** Fills in every text of a value, however deep. A placeholder without a value stays. */
export function substitute<Value>(value: Value, valueFor: (name: string) => string | undefined): Value {
  if (typeof value === 'string') return value.replaceAll(placeholder, (whole, name: string) => valueFor(name) ?? whole) as Value
  if (Array.isArray(value)) return value.map(one => substitute(one, valueFor)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substitute(one, valueFor)])) as Value
}

function fromJson({ scheme, user, password, host, port, path, query }: AppriseUrl) {
  const beginning = (sign: string) =>
    Object.fromEntries([...query].filter(([name]) => name.startsWith(sign)).map(([n, v]) => [n.slice(1), v]))
  const secrets = user ? { credentials: asCredentials(user, password) } : {}
  return {
    name: host,
    url: `${scheme === 'jsons' ? 'https' : 'http'}://${host}${port === null ? '' : `:${port}`}/${path.map(encodeURIComponent).join('/')}`,
    method: query.get('method')?.toUpperCase() ?? 'POST',
    json_data: { version: '1.0', title: '{{subject}}', message: '{{body}}', attachments: [], type: 'info' },
    headers: { ...beginning('+'), ...(user ? { Authorization: 'Basic {{credentials}}' } : {}) },
    params: beginning('-'),
    secrets,
  }
}
