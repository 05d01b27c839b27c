import { networkInterfaces } from 'node:os'
import { batchModel } from './core/orchestration/index.ts'
import { createBatcher } from './kernel/batcher.ts'
import type { House } from './kernel/context.ts'
import type { LogEvent } from './kernel/event-log.ts'
import { openKeyRing } from './kernel/key-ring.ts'
import { createPorts } from './kernel/ports.ts'
import { createServiceTicks } from './kernel/service-ticks.ts'
import type { LogEntry, LogLine, LogName } from './kernel/storage.ts'
import { createStream } from './kernel/stream.ts'
import { createUnknownRoutes } from './kernel/unknown-routes.ts'
import type { DomainStorage } from './storage/open.ts'

/** The server without its doors: storage, the batcher before it, and the live ends of its logs behind it. */
export async function buildHouse(site: Pick<House, 'clock' | 'ids' | 'log' | 'settings'>, storage: DomainStorage): Promise<House> {
  const { clock, log } = site
  const { logId, newest } = await storage.heads()
  const follow = <Entry extends LogEntry>(name: LogName) =>
    createStream<Entry>({ read: (after, limit) => storage.readLog(name, after, limit) as unknown as Promise<Entry[]> }, newest[name], {
      clock,
      log,
      lookEveryMilliseconds: storage.isShared ? 1000 : 0,
    })
  const events = follow<LogEvent>('events')
  const logs = follow<LogLine & LogEntry>('logs')
  storage.onCommit(committed => {
    events.push(committed.events)
    logs.push(committed.logs)
  })
  storage.onWake(() => {
    events.wake()
    logs.wake()
  })
  return {
    ...site,
    storage: storage as unknown as House['storage'],
    batcher: createBatcher(storage, batchModel, { clock, inFlight: storage.isShared ? 2 : 1 }),
    batchModel,
    events,
    logs,
    logId,
    keys: openKeyRing({ settings: site.settings, ids: site.ids, kind: storage.kind }),
    startedAt: clock.now(),
    unknownRoutes: createUnknownRoutes(clock),
    serviceTicks: createServiceTicks(clock),
    endpoint: { port: site.settings.port, lanAddress: lanAddress(), openSockets: 0 },
    ports: createPorts(),
  }
}

/** The first address of this machine that others in the network could use. */
const lanAddress = (): string | null =>
  Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null
