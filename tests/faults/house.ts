// A server without doors in this process: what a scenario needs that wants to hold a transaction open by hand.
import { defaultWorkspace } from '../../src/core/workspaces/index.ts'
import { buildHouse } from '../../src/house.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { type Ctx, createContext } from '../../src/kernel/context.ts'
import { createIds } from '../../src/kernel/ids.ts'
import type { Logger } from '../../src/kernel/logger.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { loadSettings } from '../../src/kernel/settings.ts'
import type { DomainStorage } from '../../src/storage/open.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Logger

export const site = { clock: systemClock, ids: createIds(systemClock), log: silent }

/** A context of the owner in the default workspace, on a storage that the caller has opened and closes. */
export async function openHouse(storage: DomainStorage): Promise<Ctx> {
  const house = await buildHouse({ ...site, settings: loadSettings({}) }, storage)
  return createContext(house, { workspace: defaultWorkspace, actor: owner })
}
