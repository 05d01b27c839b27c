import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { ensureBlockTypes } from './core/blocks/index.ts'
import { channelSender } from './core/channels/index.ts'
import { describeEncryption, lacking } from './core/secrets/index.ts'
import { defaultWorkspace, listWorkspaces } from './core/workspaces/index.ts'
import { activeProfile, createCli } from './doors/cli/index.ts'
import { openGraphqlDoor } from './doors/graphql/index.ts'
import { addressFor, createListener, isLoopback } from './doors/http/index.ts'
import { openRestDoor } from './doors/rest/index.ts'
import { createChannelSender } from './gateways/channels/sender.ts'
import { createEgress } from './gateways/egress/index.ts'
import { answersAt } from './gateways/health.ts'
import { askServer } from './gateways/server-api.ts'
import { buildHouse } from './house.ts'
import { systemClock } from './kernel/clock.ts'
import { type Ctx, createContext, type House, type WorkspaceRef } from './kernel/context.ts'
import { AppError, isAppError } from './kernel/errors.ts'
import { createIds } from './kernel/ids.ts'
import { systemActor } from './kernel/permissions.ts'
import { product } from './kernel/product.ts'
import { definitions, loadSettings, type Settings } from './kernel/settings.ts'
import { startServices } from './services/index.ts'
import type { Maintenance } from './storage/maintenance.ts'
import { openStorage } from './storage/open.ts'

/** Composition root: settings → storage → house → doors. The only file that knows all. */
async function startServer(options: Readonly<Record<string, string | undefined>>): Promise<void> {
  const settings = readSettings(options)
  refuseOpenDoor(settings)
  const site = createSite(settings)
  const listeners = () => [{ host: settings.host, port: house.endpoint.port }]
  const egress = createEgress({ settings, clock: site.clock, listeners })
  const storage = await openStorage(site)
  const house = await buildHouse(site, storage).catch(closing(storage))
  house.ports.provide(channelSender, createChannelSender({ egress, clock: site.clock }))
  await prepare(house).catch(closing(storage))
  const listener = createListener(house, settings.uiEnabled ? pagesFolder() : null)
  openRestDoor(listener)
  openGraphqlDoor(listener, house)

  let stopping: Promise<void> | undefined
  let services: ReturnType<typeof startServices> | undefined
  const stop = async () => {
    await services?.stop()
    await listener.close()
    await house.batcher.drain()
    await egress.close()
    await storage.close()
    process.exit(0)
  }
  // Ctrl-C may arrive twice, from the terminal and from npm: the second must not end what the first has begun.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (stopping ??= stop()))

  const url = await listener.listen().catch(closing(storage))
  services = settings.servicesEnabled ? startServices(house) : undefined
  process.stdout.write(greeting(url, storage.location))
}

/** What every workspace is to have before anybody asks; and a word where secrets cannot be read. */
async function prepare(house: House): Promise<void> {
  const as = (workspace: WorkspaceRef) => createContext(house, { workspace, actor: systemActor('start') })
  for (const workspace of await listWorkspaces(as(defaultWorkspace), {})) await ensureBlockTypes(as(workspace))
  const { inUse, own, isComplete } = await describeEncryption(as(defaultWorkspace), {})
  if (!isComplete) house.log.warn({ wanted: inUse, own }, lacking(house.keys, inUse.find(one => !own.includes(one))!).message)
}

const closing =
  (storage: { close(): Promise<void> }) =>
  async (error: unknown): Promise<never> => {
    await storage.close()
    throw error
  }

const addressOf = (options: Readonly<Record<string, string | undefined>>): string => {
  const { host, port } = readSettings(options)
  return addressFor(host, port)
}

/** For commands that speak to a running server. */
function ask<Data>(document: string, variables?: object): Promise<Data> {
  const { apiUrl, apiAuthString, authString, host, port } = readSettings()
  return askServer({ apiUrl: apiUrl ?? `${addressFor(host, port)}/api`, authString: apiAuthString ?? authString }, document, variables)
}

/** For commands that look at the database and go. */
async function withDatabase<T>(use: (ctx: Ctx, location: string) => Promise<T>): Promise<T> {
  const site = createSite(readSettings())
  const storage = await openStorage(site)
  try {
    const house = await buildHouse(site, storage)
    return await use(createContext(house, { workspace: defaultWorkspace, actor: systemActor('cli') }), storage.location)
  } finally {
    await storage.close()
  }
}

/** For commands that change the schema, or look at it. */
async function withMaintenance(use: (maintenance: Maintenance) => Promise<void>): Promise<void> {
  const { openMaintenance } = await import('./storage/maintenance.ts')
  const maintenance = await openMaintenance(createSite(readSettings()))
  try {
    await use(maintenance)
  } finally {
    await maintenance.close()
  }
}

/** Options over the environment over the active profile. */
const readSettings = (options: Readonly<Record<string, string | undefined>> = {}): Settings =>
  loadSettings(process.env, options, activeProfile(homeFolder()))

const homeFolder = (): string => definitions.home.schema.parse(process.env[definitions.home.name])

function createSite(settings: Settings): Pick<House, 'clock' | 'ids' | 'log' | 'settings'> {
  const log = pino(
    { level: settings.logLevel === 'warning' ? 'warn' : settings.logLevel, serializers: { error: pino.stdSerializers.err } },
    pino.destination(2),
  )
  return { clock: systemClock, ids: createIds(systemClock), log, settings }
}

/** Nobody is let in from outside without saying who they are, unless the operator says so. */
function refuseOpenDoor({ host, authString, allowAnonymous }: Settings): void {
  if (isLoopback(host) || authString !== undefined || allowAnonymous) return
  throw new AppError(
    'FORBIDDEN',
    `${host} can be reached from other machines, and nobody would have to say who they are. Set ${definitions.authString.name}=user:password (also as ${definitions.authString.aliases[0]}), or pass --allow-anonymous to let everybody in.`,
  )
}

/** The built client: beside the bundle when shipped, in dist/ when run from sources. */
function pagesFolder(): string | null {
  const candidates = ['./web', '../dist/web'].map(path => fileURLToPath(new URL(path, import.meta.url)))
  return candidates.find(path => existsSync(`${path}/index.html`)) ?? null
}

const greeting = (url: string, location: string): string => `
  ${product.title} ${product.version} is running.

  Dashboard  ${url}
  Database   ${location}

  Point a Prefect flow at it:
    prefect config set PREFECT_API_URL="${url}/api"

`

try {
  await createCli(
    { addressOf, answersAt, ask, startServer, withDatabase, withMaintenance },
    { environment: process.env, home: homeFolder() },
  ).parseAsync(process.argv)
} catch (error) {
  if (!isAppError(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
