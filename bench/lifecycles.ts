// Scenario `lifecycle`: what one request costs and how many there can be, by door, database and number of clients.
import { startServer } from '../tests/support/server.ts'
import type { DoorName } from './lifecycle.ts'
import { lookAtMachine, type MachineState, residentMegabytesOf } from './machine.ts'
import { openPlace } from './places.ts'
import { type Figure, runLoad } from './run-load.ts'

export interface LifecycleOptions {
  databases: string[]
  doors: DoorName[]
  clients: number[]
  seconds: number
  /** Another server of the same REST API, to be loaded in the same minute. */
  peer: string | undefined
}

export interface LifecycleRow extends Figure {
  database: string
  door: DoorName
  clients: number
  machine: MachineState
  residentMegabytes: number | null
}

const WARM_UP_SECONDS = 2

export async function* measureLifecycles({ databases, doors, clients, seconds, peer }: LifecycleOptions): AsyncGenerator<LifecycleRow> {
  for (const database of databases) {
    for (const door of doors) {
      for (const count of clients) {
        yield await measureOurs(database, door, count, seconds)
        if (peer && door === 'rest') yield await measurePeer(peer, count, seconds)
      }
    }
  }
}

/** Each figure has a server and a database of its own: none inherits what another has filled or warmed. */
async function measureOurs(database: string, door: DoorName, clients: number, seconds: number): Promise<LifecycleRow> {
  const place = await openPlace(database, { isDurable: true })
  const server = await startServer({ from: 'build', databaseUrl: place.url })
  try {
    const machine = lookAtMachine()
    const figure = await runLoad({ url: server.url, door, clients, seconds, warmUpSeconds: WARM_UP_SECONDS }, server.pid())
    return { database, door, clients, machine, residentMegabytes: residentMegabytesOf(server.pid()), ...figure }
  } finally {
    await server.dispose()
    await place.dispose()
  }
}

export async function measurePeer(url: string, clients: number, seconds: number): Promise<LifecycleRow> {
  const machine = lookAtMachine()
  const figure = await runLoad({ url, door: 'rest', clients, seconds, warmUpSeconds: WARM_UP_SECONDS }, null)
  return { database: 'peer', door: 'rest', clients, machine, residentMegabytes: null, ...figure }
}
