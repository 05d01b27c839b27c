import type { EntityManager } from '@mikro-orm/core'
import type { Batcher, BatchModel } from './batcher.ts'
import type { Clock, Instant } from './clock.ts'
import type { EventDraft, LogEvent } from './event-log.ts'
import type { Ids } from './ids.ts'
import type { KeyRing } from './key-ring.ts'
import type { Logger } from './logger.ts'
import type { Actor } from './permissions.ts'
import type { Ports } from './ports.ts'
import { mapValues } from './records.ts'
import type { ServiceTicks } from './service-ticks.ts'
import type { Settings } from './settings.ts'
import type {
  CountQuery,
  GroupCount,
  GroupQuery,
  LogEntry,
  LogLine,
  Query,
  Reader,
  SpanCounts,
  SpanQuery,
  Storage,
  StoredRecord,
  SumQuery,
  Sums,
  TogetherAnswer,
  Transaction,
} from './storage.ts'
import type { Stream } from './stream.ts'
import type { UnknownRoutes } from './unknown-routes.ts'

/** What the running server is made of: built once in main.ts, handed to whoever makes contexts. */
export interface House {
  readonly storage: Storage
  // biome-ignore lint/suspicious/noExplicitAny: reads and batch are domain words; core/orchestration binds them in its own `command`.
  readonly batcher: Batcher<any, any>
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly batchModel: BatchModel<any, any, any>
  readonly events: Stream<LogEvent>
  readonly logs: Stream<LogLine & LogEntry>
  /** The id of the history that cursors are bound to. */
  readonly logId: string
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly settings: Settings
  /** What secrets are sealed and opened with. */
  readonly keys: KeyRing
  readonly startedAt: Instant
  readonly unknownRoutes: UnknownRoutes
  readonly serviceTicks: ServiceTicks
  readonly endpoint: Endpoint
  /** What main.ts has provided of the outside. */
  readonly ports: Ports
}

/** Where the server listens. The port is known when it does. */
export interface Endpoint {
  port: number
  readonly lanAddress: string | null
  /** How many sockets are open. */
  openSockets: number
}

export interface WorkspaceRef {
  readonly id: string
  readonly slug: string
  readonly name: string
}

/** Who asks, where, with what at hand. The first argument of every operation. */
export interface Ctx {
  readonly house: House
  readonly workspace: WorkspaceRef
  readonly actor: Actor
  readonly requestId: string | null
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  /** Reads rows of the workspace: what lists are made of. Inside a mutation it sees the transaction's writes. */
  readonly read: ScopedReader
  /** Entities of the workspace: what mutations change. Inside a mutation: the transaction's own. */
  readonly em: EntityManager
  readonly transaction: Transaction | null
}

export interface ScopedReader {
  select(query: Omit<Query, 'workspaceId'>): Promise<StoredRecord[]>
  count(query: Omit<CountQuery, 'workspaceId'>): Promise<number>
  countBy(query: Omit<GroupQuery, 'workspaceId'>): Promise<GroupCount>
  sumBy(query: Omit<SumQuery, 'workspaceId'>): Promise<Sums>
  countInSpans(query: Omit<SpanQuery, 'workspaceId'>): Promise<SpanCounts>
  together<List extends string, Total extends string>(asked: {
    readonly select: Readonly<Record<List, Omit<Query, 'workspaceId'>>>
    readonly sumBy: Readonly<Record<Total, Omit<SumQuery, 'workspaceId'>>>
  }): Promise<TogetherAnswer<List, Total>>
}

function scoped(reader: Reader, workspaceId: string): ScopedReader {
  const here = <Query_ extends object>(query: Query_) => ({ ...query, workspaceId })
  return {
    select: query => reader.select(here(query)),
    count: query => reader.count(here(query)),
    countBy: query => reader.countBy(here(query)),
    sumBy: query => reader.sumBy(here(query)),
    countInSpans: query => reader.countInSpans(here(query)),
    together: ({ select, sumBy }) => reader.together({ select: mapValues(select, here), sumBy: mapValues(sumBy, here) }),
  }
}

export interface MutationCtx extends Ctx {
  readonly transaction: Transaction
  emit(event: EventDraft): void
}

/** What a pure decision may know of its caller. */
export interface CommandEnv {
  readonly workspace: WorkspaceRef
  readonly actor: Actor
  readonly requestId: string | null
  readonly now: Instant
  readonly ids: Ids
  readonly settings: Settings
}

export function createContext(house: House, who: { workspace: WorkspaceRef; actor: Actor; requestId?: string | null }): Ctx {
  let em: EntityManager | undefined
  return {
    house,
    workspace: who.workspace,
    actor: who.actor,
    requestId: who.requestId ?? null,
    clock: house.clock,
    ids: house.ids,
    log: house.log,
    transaction: null,
    read: scoped(house.storage.read, who.workspace.id),
    get em() {
      em ??= house.storage.entityManager(who.workspace.id)
      return em
    },
  }
}

export function insideTransaction(ctx: Ctx, transaction: Transaction): MutationCtx {
  return {
    house: ctx.house,
    workspace: ctx.workspace,
    actor: ctx.actor,
    requestId: ctx.requestId,
    clock: ctx.clock,
    ids: ctx.ids,
    log: ctx.log,
    em: transaction.em,
    read: scoped(transaction.read, ctx.workspace.id),
    transaction,
    emit: event => void transaction.tail.events.push(event),
  }
}
