// A whole server in the test's own process: real storage in memory, real doors on a loopback port; clock, log and the way to the database in the test's hand.
import { createWorkspace } from '../../src/core/workspaces/index.ts'
import { openGraphqlDoor } from '../../src/doors/graphql/index.ts'
import { createListener, type Listener } from '../../src/doors/http/index.ts'
import { openRestDoor } from '../../src/doors/rest/index.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import type { Ctx, House, WorkspaceRef } from '../../src/kernel/context.ts'
import { type Actor, owner } from '../../src/kernel/permissions.ts'
import type { Reader, Storage } from '../../src/kernel/storage.ts'
import { openStorage } from '../../src/storage/open.ts'
import { openBareHouse } from '../support/house.ts'

export interface Said {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly facts: Record<string, unknown>
  readonly message: string
}

export interface TestHouse extends House {
  readonly storage: Storage
  /** What it has logged. */
  readonly said: Said[]
  /** Every call to the database so far, by the method of the storage port. */
  readonly statements: string[]
  /** Called before each call to the database; may throw in its place. */
  beforeStatement: (method: string) => void
  as(actor: Actor, workspace?: WorkspaceRef): Ctx
  close(): Promise<void>
}

export async function openHouse(environment: Record<string, string> = {}, clock: Clock = systemClock): Promise<TestHouse> {
  const said: Said[] = []
  const say = (level: Said['level']) => (facts: object, message: string) => void said.push({ level, facts: { ...facts }, message })
  const statements: string[] = []
  let house: TestHouse | undefined
  const watch = (method: string) => {
    statements.push(method)
    house?.beforeStatement(method)
  }
  const bare = await openBareHouse('sqlite:///:memory:', {
    environment: { CASTELLAN_SERVER_API_PORT: '0', ...environment },
    clock,
    open: async site => watched(await openStorage(site), watch),
  })
  statements.length = 0
  house = Object.assign(bare, {
    said,
    statements,
    beforeStatement: () => undefined,
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
  }) as unknown as TestHouse
  return house
}

/** The storage port with an eye on each call that reaches the database. */
function watched<Port extends Storage<any, any, any>>(port: Port, watch: (method: string) => void): Port {
  const seen =
    <Input, Output>(method: string, call: (input: Input) => Output) =>
    (input: Input): Output => {
      watch(method)
      return call(input)
    }
  const reader = (read: Reader, name: string): Reader => ({
    select: seen(`${name}.select`, query => read.select(query)),
    count: seen(`${name}.count`, query => read.count(query)),
    countBy: seen(`${name}.countBy`, query => read.countBy(query)),
    sumBy: seen(`${name}.sumBy`, query => read.sumBy(query)),
    together: asked => {
      watch(`${name}.together`)
      return read.together(asked)
    },
    countInSpans: seen(`${name}.countInSpans`, query => read.countInSpans(query)),
  })
  const method =
    (name: string) =>
    async (...inputs: unknown[]) => {
      watch(name)
      return (port as any)[name](...inputs)
    }
  return {
    ...port,
    read: reader(port.read, 'read'),
    hot: method('hot'),
    hotInside: method('hotInside'),
    heads: method('heads'),
    readLog: method('readLog'),
    describe: method('describe'),
    ping: method('ping'),
    transact: async (run: Parameters<Port['transact']>[0]) => {
      watch('transact')
      return port.transact(transaction => run({ ...transaction, read: reader(transaction.read, 'transaction') }))
    },
    entityManager: seen('entityManager', (workspaceId: string) => port.entityManager(workspaceId)),
  }
}

export interface Doors {
  readonly house: TestHouse
  readonly listener: Listener
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  /** Every route, as `POST /api/flows/`. */
  readonly routes: readonly string[]
  close(): Promise<void>
}

/** The house with its doors open on a free port. */
export async function openDoors(
  environment: Record<string, string> = {},
  clock: Clock = systemClock,
  pagesFolder: string | null = null,
): Promise<Doors> {
  const house = await openHouse(environment, clock)
  const listener = createListener(house, pagesFolder)
  const routes: string[] = []
  listener.app.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map(one => `${one} ${url}`)))
  openRestDoor(listener)
  openGraphqlDoor(listener, house)
  const url = await listener.listen()
  return {
    house,
    listener,
    url,
    port: house.endpoint.port,
    routes,
    async close() {
      await listener.close()
      await house.close()
    },
  }
}

/** A second room, with nothing in it. */
export const openWorkspace = async (house: TestHouse, slug: string): Promise<WorkspaceRef> => {
  const { id, name } = await createWorkspace(house.as(owner), { slug, name: slug })
  return { id, slug, name }
}

export const nobody: Actor = { id: 'nobody', kind: 'user', name: 'Nobody', grants: {} }
