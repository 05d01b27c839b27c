import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { parseKeys } from './key-texts.ts'
import { product } from './product.ts'

/** One setting: its own name is the product's prefix and the peer's words; the peer's own name is an alias. */
interface Definition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly aliases: readonly string[]
  readonly schema: Schema
  readonly description: string
  readonly isSecret?: boolean
}

const setting = <Schema extends z.ZodType>(
  name: string,
  alias: string | readonly string[] | null,
  schema: Schema,
  description: string,
  isSecret = false,
): Definition<Schema> => ({
  name: product.environmentPrefix + name,
  aliases: alias === null ? [] : [alias].flat(),
  schema,
  description,
  isSecret,
})

const flag = z.stringbool()
const list = z.string().transform(text =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean),
)
/** Others write proxies without their scheme, too. */
const proxy = z
  .string()
  .transform(text => (text.includes('://') ? text : `http://${text}`))
  .refine(text => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'must be an http:// or https:// URL')
const port = z.coerce.number().int().min(0).max(65_535)
const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback)
const days = (fallback: number) => z.coerce.number().min(0).max(36_500).default(fallback)
const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }))
  } catch {
    return false
  }
}
const home = () => join(homedir(), product.homeFolder)

/** Every setting there is. Environment names, the reference in the docs and `config view` are made from this table. */
export const definitions = Object.freeze({
  home: setting(
    'HOME',
    null,
    z.string().default(home),
    'Folder of the default database, of its key, and of profiles. Default: ~/.castellan.',
  ),
  databaseUrl: setting(
    'API_DATABASE_CONNECTION_URL',
    'PREFECT_API_DATABASE_CONNECTION_URL',
    z.string().optional(),
    'Database: sqlite:///path, sqlite:///:memory:, postgresql://user:password@host:5432/name, or the same in the peer’s spelling (sqlite+aiosqlite, postgresql+asyncpg). Default: castellan.db in the home folder.',
    true,
  ),
  encryptionKey: setting(
    'ENCRYPTION_KEY',
    null,
    z
      .string()
      .refine(text => parseKeys(text).length > 0, 'must be 32 bytes in base64 or hexadecimal, as `openssl rand -base64 32` makes them')
      .optional(),
    'Key that secrets of blocks are sealed with: 32 bytes in base64 or hexadecimal. After a comma older keys, which only open: see docs/secrets.md. Default: on SQLite the file encryption.key in the home folder, made at first need; on Postgres none, and no secret is taken.',
    true,
  ),
  encryptionKeyFile: setting(
    'ENCRYPTION_KEY_FILE',
    null,
    z.string().optional(),
    'File that holds those keys instead, one a line, the current one first. Default: none.',
  ),
  host: setting('SERVER_API_HOST', 'PREFECT_SERVER_API_HOST', z.string().default('127.0.0.1'), 'Address to listen on. Default: 127.0.0.1.'),
  port: setting('SERVER_API_PORT', 'PREFECT_SERVER_API_PORT', port.default(4200), 'Port to listen on; 0 takes a free one. Default: 4200.'),
  externalHosts: setting(
    'SERVER_EXTERNAL_HOSTS',
    null,
    list.default([]),
    'Host names, comma-separated, under which clients reach this server besides loopback, e.g. behind a proxy. Others are refused with 421 on a loopback bind. Default: none.',
  ),
  authString: setting(
    'SERVER_API_AUTH_STRING',
    'PREFECT_SERVER_API_AUTH_STRING',
    z
      .string()
      .regex(/^[^:]+:.+$/, 'must be user:password')
      .optional(),
    'One shared user:password for REST, sockets, GraphQL, pages and every SDK (PREFECT_API_AUTH_STRING there). Default: none.',
    true,
  ),
  corsAllowedOrigins: setting(
    'SERVER_CORS_ALLOWED_ORIGINS',
    'PREFECT_SERVER_CORS_ALLOWED_ORIGINS',
    list.default([]),
    'Origins, comma-separated, whose pages may call this server from a browser. Default: none but its own.',
  ),
  allowAnonymous: setting(
    'SERVER_ALLOW_ANONYMOUS',
    null,
    flag.default(false),
    'Whether an address other than loopback may be bound without authentication; every page says so then. Default: false.',
  ),
  uiEnabled: setting('SERVER_UI_ENABLED', 'PREFECT_SERVER_UI_ENABLED', flag.default(true), 'Whether pages are served. Default: true.'),
  apiDefaultLimit: setting(
    'SERVER_API_DEFAULT_LIMIT',
    'PREFECT_SERVER_API_DEFAULT_LIMIT',
    z.coerce.number().int().min(1).max(10_000).default(200),
    'Default and largest `limit` of a REST list, in records. Default: 200.',
  ),
  maxParameterSize: setting(
    'SERVER_API_MAX_PARAMETER_SIZE',
    'PREFECT_SERVER_API_MAX_PARAMETER_SIZE',
    z.coerce.number().int().min(1).default(524_288),
    'Largest size of the parameters of a run, in bytes of JSON. Default: 524288.',
  ),
  maxArtifactSize: setting(
    'SERVER_API_MAX_ARTIFACT_SIZE',
    null,
    z.coerce.number().int().min(1).default(5_242_880),
    'Largest size of the data of an artifact, in bytes of JSON. Default: 5242880.',
  ),
  graphqlMaxDepth: setting('GRAPHQL_MAX_DEPTH', null, count(12), 'Deepest nesting of a GraphQL operation, in fields. Default: 12.'),
  graphqlMaxAliases: setting('GRAPHQL_MAX_ALIASES', null, count(30), 'Most aliases in a GraphQL operation. Default: 30.'),
  graphqlMaxCost: setting(
    'GRAPHQL_MAX_COST',
    null,
    count(50_000),
    'Highest cost of a GraphQL operation: its fields, those of a list counted once for each record of `first`. Default: 50000.',
  ),
  graphqlMaxTokens: setting('GRAPHQL_MAX_TOKENS', null, count(4000), 'Longest GraphQL document, in tokens. Default: 4000.'),
  graphqlMaxBytes: setting(
    'GRAPHQL_MAX_BYTES',
    null,
    count(1_048_576),
    'Largest GraphQL request, as the body of one over HTTP and as a message on a socket, in bytes. Default: 1048576.',
  ),
  graphqlMaxSubscriptions: setting(
    'GRAPHQL_MAX_SUBSCRIPTIONS',
    null,
    count(100),
    'Most subscriptions at once on one socket. Default: 100.',
  ),
  graphqlMaxBatch: setting('GRAPHQL_MAX_BATCH', null, count(10), 'Most GraphQL operations in one HTTP request. Default: 10.'),
  servicesEnabled: setting(
    'SERVER_SERVICES_ENABLED',
    null,
    flag.default(true),
    'Whether this server runs the background services, such as retention; --no-services switches them off. Default: true.',
  ),
  retentionRunsDays: setting(
    'SERVER_RETENTION_RUNS_DAYS',
    null,
    days(90),
    'How long flow runs that have ended are kept, with their states, inputs and log lines, in days; 0 keeps them for ever. Default: 90.',
  ),
  retentionEventsDays: setting(
    'SERVER_RETENTION_EVENTS_DAYS',
    null,
    days(7),
    'How long events are kept, in days; 0 keeps them for ever. A subscription cannot be continued from further back. Default: 7.',
  ),
  retentionLogsDays: setting(
    'SERVER_RETENTION_LOGS_DAYS',
    null,
    days(30),
    'How long log lines are kept, in days, if their run is; 0 keeps them as long as the run. Default: 30.',
  ),
  egressAllow: setting(
    'EGRESS_ALLOW',
    null,
    list.default([]),
    'Loopback and private addresses that notifications may be sent to: hosts, host:port, *.domain, addresses and CIDR blocks, comma-separated. Metadata services, link-local addresses and this server itself are never reached. Default: none.',
  ),
  egressHttpProxy: setting(
    'EGRESS_HTTP_PROXY',
    ['http_proxy', 'HTTP_PROXY'],
    proxy.optional(),
    'Proxy by which http:// addresses are reached, as http://user:password@host:port. It is checked as any address is. Default: none.',
    true,
  ),
  egressHttpsProxy: setting(
    'EGRESS_HTTPS_PROXY',
    ['https_proxy', 'HTTPS_PROXY'],
    proxy.optional(),
    'Proxy by which https:// addresses are reached, as http://user:password@host:port. Default: none.',
    true,
  ),
  egressNoProxy: setting(
    'EGRESS_NO_PROXY',
    ['no_proxy', 'NO_PROXY'],
    z
      .string()
      .transform(text => text.split(/[\s,]+/).filter(Boolean))
      .default([]),
    'What is reached without the proxy: domains, host:port, addresses and CIDR blocks, comma-separated; * is everything. Default: none.',
  ),
  egressCaFile: setting(
    'EGRESS_CA_FILE',
    null,
    z.string().optional(),
    'PEM file of certificate authorities that are trusted for outgoing connections besides those of Node.js. Default: none.',
  ),
  uiUrl: setting(
    'SERVER_UI_URL',
    'PREFECT_UI_URL',
    z.url({ protocol: /^https?$/ }).optional(),
    'Where people reach the pages: what links in notifications begin with. Default: the address listened on.',
  ),
  apiUrl: setting(
    'API_URL',
    'PREFECT_API_URL',
    z.string().optional(),
    'Where commands find the server that they speak to: http://host:4200/api, or …/api/workspaces/<slug> for another workspace. Default: the address listened on.',
  ),
  apiAuthString: setting(
    'API_AUTH_STRING',
    'PREFECT_API_AUTH_STRING',
    z.string().optional(),
    'user:password with which commands speak to that server. Default: what it asks for itself, where it has these settings.',
    true,
  ),
  notificationsEnabled: setting(
    'SERVER_SERVICES_FLOW_RUN_NOTIFICATIONS_ENABLED',
    'PREFECT_API_SERVICES_FLOW_RUN_NOTIFICATIONS_ENABLED',
    flag.default(true),
    'Whether this server queues and sends notifications. Default: true.',
  ),
  notificationsConcurrency: setting(
    'NOTIFICATIONS_CONCURRENCY',
    null,
    z.coerce.number().int().min(0).max(1000).default(64),
    'How many notifications this server sends at the same time, a quarter of them at most to one channel; with 0 it only queues them. Default: 64.',
  ),
  notificationsTimeZone: setting(
    'NOTIFICATIONS_TIME_ZONE',
    null,
    z.string().refine(isTimeZone, 'must be a time zone such as America/New_York').default('UTC'),
    'Zone of the times in notifications, as an IANA name. Default: UTC.',
  ),
  retentionNotificationsDays: setting(
    'SERVER_RETENTION_NOTIFICATIONS_DAYS',
    null,
    days(30),
    'How long deliveries of notifications are kept when they have come to an end, in days; 0 keeps them for ever. Default: 30.',
  ),
  logLevel: setting(
    'LOGGING_SERVER_LEVEL',
    'PREFECT_LOGGING_SERVER_LEVEL',
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(['debug', 'info', 'warning', 'warn', 'error']))
      .default('warning'),
    'Least level that the server’s own log shows: debug, info, warning or error. Default: warning.',
  ),
  sqliteSynchronous: setting(
    'SQLITE_SYNCHRONOUS',
    null,
    z
      .string()
      .toUpperCase()
      .pipe(z.enum(['FULL', 'NORMAL']))
      .default('FULL'),
    'FULL: an acknowledged write survives a power cut. NORMAL: it survives a killed process. Default: FULL.',
  ),
  commitDelayMilliseconds: setting(
    'TEST_COMMIT_DELAY_MILLISECONDS',
    null,
    z.coerce.number().min(0).max(10_000).default(0),
    'For measuring: waits this long, in milliseconds, before each commit, as a slow disk would. Default: 0.',
  ),
})

type Definitions = typeof definitions
export type Settings = Readonly<{ [Key in keyof Definitions]: z.output<Definitions[Key]['schema']> }> & {
  /** Where each value came from: an environment name, an option, or `default`. */
  readonly sources: Readonly<Record<keyof Definitions, string>>
}

/** Settings kept under a name, by the settings' own names. */
export interface Profile {
  readonly name: string
  readonly values: Readonly<Record<string, string>>
}

/** Options win over the environment, the environment over the profile; the setting's own name wins over the peer's. */
export function loadSettings(
  environment: Readonly<Record<string, string | undefined>>,
  options: Readonly<Record<string, string | undefined>> = {},
  profile: Profile = { name: 'default', values: {} },
): Settings {
  const values: Record<string, unknown> = {}
  const sources: Record<string, string> = {}
  for (const [key, definition] of Object.entries(definitions)) {
    const found =
      findOption(key, options) ?? findNamed(definition, environment) ?? findNamed(definition, profile.values, `profile ${profile.name}`)
    const parsed = definition.schema.safeParse(found?.value)
    if (!parsed.success) throw refuse(definition, found?.source ?? 'default', parsed.error)
    values[key] = parsed.data
    sources[key] = found?.source ?? 'default'
  }
  return Object.freeze({ ...values, sources }) as unknown as Settings
}

interface Found {
  readonly value: string
  readonly source: string
}

function findOption(key: string, options: Readonly<Record<string, string | undefined>>): Found | undefined {
  const value = options[key]
  return value === undefined ? undefined : { value, source: `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}` }
}

function findNamed({ name, aliases }: Definition, values: Readonly<Record<string, string | undefined>>, place?: string): Found | undefined {
  for (const known of [name, ...aliases]) {
    const value = values[known]
    if (value !== undefined && value !== '') return { value, source: place ?? known }
  }
  return undefined
}

/** The setting of that name, the peer's names included. */
export const definitionOf = (name: string): Definition | undefined =>
  Object.values(definitions).find(definition => definition.name === name || definition.aliases.includes(name))

const refuse = (definition: Definition, source: string, error: z.ZodError): AppError =>
  new AppError(
    'INVALID',
    `${source.startsWith('profile ') ? `${definition.name} of the ${source}` : source} is not usable: ${error.issues.map(issue => issue.message).join('; ')}. ${definition.description}`,
    {
      setting: definition.name,
      source,
    },
  )
