import SchemaBuilder from '@pothos/core'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Operation } from '../../kernel/operation.ts'
import type { SharedSnapshots } from './live-snapshots.ts'
import type { Loaders } from './loaders.ts'
import type { Position } from './trunk.ts'

export interface GraphqlContext {
  readonly ctx: Ctx
  readonly loaders: Loaders
  readonly shared: SharedSnapshots
  /** Of a subscription that is executed for several, or for one from somewhere else than it says. */
  readonly position?: Position
}

export interface SchemaTypes {
  Context: GraphqlContext
  DefaultFieldNullability: false
  Scalars: {
    DateTime: { Input: Instant; Output: Instant }
    /** Microseconds inside, seconds outside. */
    Duration: { Input: number; Output: number }
    JSON: { Input: unknown; Output: unknown }
    UUID: { Input: string; Output: string }
    Cursor: { Input: string; Output: string }
  }
}

/** Non-null by default: a field says so when it may be missing. */
export const builder = new SchemaBuilder<SchemaTypes & { DefaultFieldNullability: false }>({ defaultFieldNullability: false })

builder.queryType({
  description: 'Reads. Every list is a connection with keyset cursors and answers the cursor from which its subscription continues.',
})
builder.mutationType({ description: 'Writes. Mistakes are errors with a stable `extensions.code`; refusals of orchestration are data.' })
builder.subscriptionType({
  description: 'What happens, pushed: batches with a cursor to resume from. After a reconnect nothing is missed and nothing repeated.',
})

/** A field that asks an operation names it, so that a test can walk the schema and find no side door. */
export const asks = (operation: Pick<Operation, 'operation'>) => ({ operation: operation.operation.name })
