// A server without doors in the test's own process, composed as main.ts composes it: for suites about what is below the doors.
import { batchModel } from '../../src/core/orchestration/index.ts'
import { createWorkspace, defaultWorkspace } from '../../src/core/workspaces/index.ts'
import { createBatcher } from '../../src/kernel/batcher.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import { type Ctx, createContext, type House, type WorkspaceRef } from '../../src/kernel/context.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { type Actor, owner } from '../../src/kernel/permissions.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import type { Committed, LogEntry, LogLine, LogName } from '../../src/kernel/storage.ts'
import { createStream } from '../../src/kernel/stream.ts'
import { createUnknownRoutes } from '../../src/kernel/unknown-routes.ts'
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
  const settings = loadSettings({ CASTELLAN_API_DATABASE_CONNECTION_URL: url, ...environment })
  const site = { settings, log: silent, ids: createIds(clock), clock }
  const storage = await open(site)
  const { logId, newest } = await storage.heads()
  const follow = <Entry extends LogEntry>(name: LogName) =>
    createStream<Entry>({ read: (after, limit) => storage.readLog(name, after, limit) as unknown as Promise<Entry[]> }, newest[name], {
      clock,
      log: silent,
      lookEveryMilliseconds: storage.isShared ? 1000 : 0,
    })
  const published: Committed[] = []
  const house: BareHouse = {
    ...site,
    storage,
    batcher: createBatcher(storage, batchModel, { clock, inFlight: storage.isShared ? 2 : 1 }),
    batchModel,
    events: follow<LogEvent>('events'),
    logs: follow<LogLine & LogEntry>('logs'),
    logId,
    startedAt: clock.now(),
    unknownRoutes: createUnknownRoutes(clock),
    endpoint: { port: 0, lanAddress: null },
    published,
    as: (actor = owner, workspace = defaultWorkspace) => createContext(house as unknown as House, { workspace, actor }),
    async close() {
      await house.batcher.drain()
      await storage.close()
    },
  }
  storage.onCommit(committed => {
    published.push(committed)
    house.events.push(committed.events)
    house.logs.push(committed.logs)
  })
  storage.onWake(() => {
    house.events.wake()
    house.logs.wake()
  })
  return house
}

/** A second room, with nothing in it. */
export async function openRoom(house: BareHouse, slug: string): Promise<WorkspaceRef> {
  const { id, name } = await createWorkspace(house.as(), { slug, name: slug })
  return { id, slug, name }
}
