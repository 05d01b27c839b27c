import { type Platform, p, Type } from '@mikro-orm/core'
import { type Instant, parseInstant, toIso } from './clock.ts'

/** A moment with microseconds: `timestamptz(6)` on Postgres, an integer of microseconds on SQLite. */
export class InstantType extends Type<Instant, Instant | string> {
  override convertToDatabaseValue(value: Instant, platform: Platform): Instant | string {
    return value !== null && value !== undefined && isPostgres(platform) ? toIso(value) : value
  }
  override convertToJSValue(value: Instant | string): Instant {
    return typeof value === 'string' ? parseInstant(value)! : value
  }
  override getColumnType(_property: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'timestamptz(6)' : 'integer'
  }
  override compareAsType(): string {
    return 'number'
  }
}

/** SQLite has no schemas. */
export const isPostgres = (platform: Platform): boolean => platform.getDefaultSchemaName() !== undefined

export const instant = () => p.type(InstantType).$type<Instant>()

/** The place of a row in a log: drawn at the append, in commit order. The type's spelling differs by database for ever, hence the exemption from diffs. */
export const sequence = () => p.bigint('number').primary().autoincrement().ignoreSchemaChanges('type')

/** Every table of a workspace carries it, and every query on such a table is scoped by it. */
export const workspaceId = () => p.uuid()

/** The filter that keeps entity managers inside the asking workspace: on unless an operation of the house itself turns it off. */
export const workspaceFilter = {
  workspace: { name: 'workspace', cond: (args: { id: string }) => ({ workspaceId: args.id }), default: true, args: true },
} as const

/** JSON that comes back as it was sent: as text, where `jsonb` would bring the keys of objects into an order of its own. */
export const verbatimJson = <Value>() => p.json<Value>().columnType('json')
