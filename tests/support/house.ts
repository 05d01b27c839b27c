// A server without doors in the test's own process, composed as main.ts composes it: for suites about what is below the doors.
import { dirname } from 'node:path'
import { createWorkspace, defaultWorkspace } from '../../src/core/workspaces/index.ts'
import { buildHouse } from '../../src/house.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import { type Ctx, createContext, type House, type WorkspaceRef } from '../../src/kernel/context.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { type Actor, owner } from '../../src/kernel/permissions.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import type { Committed } from '../../src/kernel/storage.ts'
import { type DomainStorage, openStorage, type StorageSite } from '../../src/storage/open.ts'

export interface BareHouse extends Omit<House, 'storage'> {
  readonly storage: DomainStorage
  /** What was published after commits, in order. */
  readonly published: Committed[]
  as(actor?: Actor, workspace?: WorkspaceRef): Ctx
  close(): Promise<void>
}

export interface BareHouseOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly clock?: Clock
  /** Opens the storage another way than the settings say. */
  readonly open?: (site: StorageSite) => Promise<DomainStorage>
}

const silent = { debug() {}, info() {}, warn() {}, error() {} }

export async function openBareHouse(url: string, options: BareHouseOptions = {}): Promise<BareHouse> {
  const { environment = {}, clock = systemClock, open = openStorage } = options
  const settings = loadSettings({ CASTELLAN_API_DATABASE_CONNECTION_URL: url, ...keysFor(url), ...environment })
  const site = { settings, log: silent, ids: createIds(clock), clock }
  const storage = await open(site)
  const published: Committed[] = []
  storage.onCommit(committed => void published.push(committed))
  const built = await buildHouse(site, storage).catch(async error => {
    await storage.close()
    throw error
  })
  const house: BareHouse = Object.assign(built, {
    storage,
    published,
    as: (actor: Actor = owner, workspace: WorkspaceRef = defaultWorkspace) => createContext(built, { workspace, actor }),
    async close() {
      await built.batcher.drain()
      await storage.close()
    },
  })
  return house
}

/** Where the server makes its key itself, not in the home folder of whoever runs the tests. */
function keysFor(url: string): Readonly<Record<string, string>> {
  if (url.startsWith('postgres')) return { CASTELLAN_ENCRYPTION_KEY: '07'.repeat(32) }
  return url.endsWith(':memory:') ? {} : { CASTELLAN_HOME: dirname(url.replace('sqlite:///', '')) }
}

/** A second room, with nothing in it. */
export async function openRoom(house: BareHouse, slug: string): Promise<WorkspaceRef> {
  const { id, name } = await createWorkspace(house.as(), { slug, name: slug })
  return { id, slug, name }
}
