// A server without doors in this process: what a scenario needs that wants to hold a transaction open by hand.
import { batchModel } from '../../src/core/orchestration/index.ts'
import { defaultWorkspace } from '../../src/core/workspaces/index.ts'
import { createBatcher } from '../../src/kernel/batcher.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { type Ctx, createContext, type House } from '../../src/kernel/context.ts'
import { createIds } from '../../src/kernel/ids.ts'
import type { Logger } from '../../src/kernel/logger.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import { createStream } from '../../src/kernel/stream.ts'
import { createUnknownRoutes } from '../../src/kernel/unknown-routes.ts'
import type { DomainStorage } from '../../src/storage/open.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Logger

export const site = { clock: systemClock, ids: createIds(systemClock), log: silent }

/** A context of the owner in the default workspace, on a storage that the caller has opened and closes. */
export async function openHouse(storage: DomainStorage): Promise<Ctx> {
  const { logId, newest } = await storage.heads()
  const nobodyFollows = (start: number) => createStream({ read: async () => [] }, start, { clock: systemClock, log: silent })
  const house = {
    ...site,
    settings: loadSettings({}),
    storage: storage as unknown as House['storage'],
    batcher: createBatcher(storage, batchModel, { clock: systemClock, inFlight: storage.isShared ? 2 : 1 }),
    batchModel,
    events: nobodyFollows(newest.events),
    logs: nobodyFollows(newest.logs),
    logId,
    startedAt: systemClock.now(),
    unknownRoutes: createUnknownRoutes(systemClock),
    endpoint: { port: 0, lanAddress: null },
  } as House
  return createContext(house, { workspace: defaultWorkspace, actor: owner })
}
