import type { EntityManager, EntityName } from '@mikro-orm/core'
import type { AuditEntry } from './audit.ts'
import type { EventDraft, LogEvent } from './event-log.ts'
import type { Condition, Scalar } from './filters.ts'

export type DatabaseKind = 'sqlite-file' | 'sqlite-memory' | 'postgres'

/**
 * The one way to a database. Generic in what the hot path reads and writes: those are domain words, declared in core/orchestration and known to the
 * adapters. Plain data goes in and comes out; whoever holds this port holds no driver.
 *
 * Every method throws AppError UNAVAILABLE when the database cannot be reached; a caller may try again.
 */
export interface Storage<Reads = unknown, Facts = unknown, Changes extends Tail = Tail> {
  readonly kind: DatabaseKind
  /** Where the data is, fit to be shown: a path, or host and database. Never a password. */
  readonly location: string
  /** Whether other servers may write to the same database. */
  readonly isShared: boolean

  /** A cold unit of work: runs, flushes, writes the tail, commits. Nothing is published when it throws. `run` may be called again when another server was faster, so it does nothing but read and write here. */
  transact<T>(run: (transaction: Transaction) => Promise<T>): Promise<T>
  /** A hot batch: loads the facts, lets `apply` decide (pure, may be called again), writes the changes and their tail, commits. `wait`: for rows that others hold, instead of leaving them out. */
  hot(reads: Reads, apply: (facts: Facts) => Changes, options?: { readonly wait?: boolean }): Promise<void>
  /** The same statements inside a transaction that is already open; the tail is written with that transaction's own. */
  hotInside(transaction: Transaction, reads: Reads, apply: (facts: Facts) => Changes): Promise<void>

  /** Reads outside every transaction; only committed rows are seen. */
  readonly read: Reader

  /** Newest numbers of the logs, and the id of this database's history: minted anew when it is created or reset. */
  heads(): Promise<Heads>
  /** Entries of a log after `after`, oldest first, of all workspaces. Commit order is number order. */
  readLog(log: LogName, after: number, limit: number): Promise<LogEntry[]>
  /** Calls back after each commit of this server with what it appended, in commit order. */
  onCommit(listener: (committed: Committed) => void): void
  /** Calls back when another server says it has committed. A hint that may be lost: the log is the truth. */
  onWake(listener: () => void): void

  /** Whether an error of `hot` or `transact` speaks of the data of one command, so that the others deserve another try without it. */
  isDataError(error: unknown): boolean
  /** An entity manager of its own for reading cold concepts, scoped to a workspace. */
  entityManager(workspaceId: string): EntityManager
  /** What there is to say about the database as it is now, quickly read. */
  describe(): Promise<DatabaseFacts>
  /** Answers when the database answers; throws UNAVAILABLE otherwise. */
  ping(): Promise<void>
  /** What the database itself finds wrong with what it keeps: damage, references to rows that are gone. Reads everything; for a check by hand. */
  inspect(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface DatabaseFacts {
  /** On disk or in memory, with its journal where that is a file of its own. */
  readonly sizeBytes: number
  /** The newest revision of the schema. */
  readonly revision: string
  /** How many servers use this database, this one included. */
  readonly serverCount: number
}

export interface Reader {
  /** Records of one entity, as plain objects by property name. */
  select(query: Query): Promise<StoredRecord[]>
  /** How many records match, counted up to `limit`. */
  count(query: CountQuery): Promise<number>
  /** How many records match, by the value of one property, with the place of the event log in the same snapshot: counts have no versions by which a change counted twice would show. */
  countBy(query: GroupQuery): Promise<GroupCount>
  /** The sums of a number over the records that match, by the values of some properties, with the place of the event log in the same snapshot. */
  sumBy(query: SumQuery): Promise<Sums>
  /** How many records have a property in each of some spans, with the place of the event log in the same snapshot. */
  countInSpans(query: SpanQuery): Promise<SpanCounts>
  /** Several reads that all see the same moment; inside a transaction on Postgres each sees its own. */
  together<List extends string, Total extends string>(asked: Together<List, Total>): Promise<TogetherAnswer<List, Total>>
}

export interface Together<List extends string, Total extends string> {
  readonly select: Readonly<Record<List, Query>>
  readonly sumBy: Readonly<Record<Total, SumQuery>>
}

export interface TogetherAnswer<List extends string, Total extends string> {
  readonly lists: Readonly<Record<List, readonly StoredRecord[]>>
  readonly sums: Readonly<Record<Total, Sums>>
}

export interface Transaction {
  /** Scoped to the workspace of the operation that opened the transaction. */
  readonly em: EntityManager
  /** Sees what the transaction has written. */
  readonly read: Reader
  readonly tail: Tail
  /** Many rows of one entity at once, at a fraction of what the unit of work takes for them. One that is there already by a unique key is left as it is. */
  insertNew(entity: EntityName, rows: readonly object[]): Promise<void>
}

/** What every transaction gathers and writes last, in this order, after taking the append lock. */
export interface Tail {
  /** Before all else: who wrote them ahead of the lock, or in another order, would make two transactions wait for each other. */
  readonly rollups: RollupDelta[]
  readonly taskRollups: TaskRollupDelta[]
  readonly audits: AuditEntry[]
  readonly logs: LogLine[]
  readonly events: EventDraft[]
}

export const emptyTail = (): Tail => ({ rollups: [], taskRollups: [], audits: [], logs: [], events: [] })

/** So many runs more or fewer of a kind in a quarter of an hour. Deltas add up, so that any order of transactions comes to the same. */
export interface RollupDelta {
  readonly workspaceId: string
  /** Which runs of the workspace are counted together. */
  readonly scope: string
  readonly bucket: number
  readonly flowId: string
  readonly stateType: string
  readonly isSubflow: boolean
  readonly isLate: boolean
  readonly count: number
}

/** The same of task runs. */
export type TaskRollupDelta = Pick<RollupDelta, 'workspaceId' | 'scope' | 'bucket' | 'stateType' | 'count'>

export type LogName = 'events' | 'logs'

export interface LogEntry {
  readonly seq: number
}

/** A log line of a run. Lines are no events: a table of their own, the same mechanism to follow them. */
export interface LogLine {
  readonly id: string
  readonly workspaceId: string
  readonly flowRunId: string | null
  readonly taskRunId: string | null
  readonly name: string
  readonly level: number
  readonly message: string
  readonly timestamp: number
}

export interface Committed {
  readonly events: readonly LogEvent[]
  readonly logs: readonly (LogLine & LogEntry)[]
}

export interface Heads {
  readonly logId: string
  readonly newest: Readonly<Record<LogName, number>>
  /** The oldest number still stored; a cursor before it has lost something. */
  readonly oldest: Readonly<Record<LogName, number>>
}

export type StoredRecord = Record<string, unknown>

/** By a property, or by another where the first is missing. What has neither comes last, in both directions. */
export type Order = readonly [property: string, direction: 'asc' | 'desc', otherwise?: string]

export interface Query {
  readonly entity: EntityName
  /** `null` only in operations of the house itself that look across workspaces. */
  readonly workspaceId: string | null
  readonly where: readonly Condition[]
  /** The last must be unique. */
  readonly orderBy: readonly Order[]
  /** Values of `orderBy` of the record to continue behind: only for orders that nothing comes last in. */
  readonly after?: readonly unknown[]
  readonly limit: number
  readonly offset?: number
  /** Left out: all. Large JSON stays out of lists by naming what is wanted. */
  readonly properties?: readonly string[]
  /** Only the first, in this order, of the records that point by `property` at each of these. */
  readonly firstOfEach?: { readonly property: string; readonly of: EntityName; readonly ids: readonly string[] }
}

export type CountQuery = Pick<Query, 'entity' | 'workspaceId' | 'where' | 'limit'>

export interface GroupCount {
  readonly counts: ReadonlyMap<string | null, number>
  /** The newest event that the counts know of. */
  readonly asOf: number
}

export type GroupQuery = Pick<Query, 'entity' | 'workspaceId' | 'where'> & { readonly property: string }

export interface SumQuery extends Pick<Query, 'entity' | 'workspaceId' | 'where'> {
  /** Null: the records are counted. */
  readonly sum: string | null
  readonly by: readonly string[]
  /** Also by the span that a property lies in, as its slot; what lies in none is left out. Not beside `slots`. */
  readonly spans?: Pick<SpanQuery, 'property' | 'spans'>
  /** Also by slots of this width of a whole number, counted from `start`. */
  readonly slots?: { readonly property: string; readonly start: number; readonly width: number; readonly count: number }
  /**
   * What `by` may be, where an index leads to its first property: a database that groups slowly seeks them one by one. Null stands for any value of a later
   * property, and may be answered for it.
   */
  readonly cells?: readonly (readonly (Scalar | null)[])[]
}

export interface Sums {
  readonly rows: readonly { readonly slot: number; readonly record: StoredRecord; readonly sum: number }[]
  /** The newest event that the sums know of. */
  readonly asOf: number
}

/** From one value up to another, which is left out. */
export type Span = readonly [from: number, to: number]

export interface SpanQuery extends Pick<Query, 'entity' | 'workspaceId' | 'where'> {
  readonly property: string
  readonly spans: readonly Span[]
}

export interface SpanCounts {
  /** One for each span, in their order. */
  readonly counts: readonly number[]
  /** The newest event that the counts know of. */
  readonly asOf: number
}
