import { BigIntType, type EntityName, type EntityProperty, JsonType, type MetadataStorage } from '@mikro-orm/core'
import { InstantType } from '../kernel/columns.ts'

/** How a value is kept: one reader and one writer for each kind and database. */
export type ColumnKind = 'text' | 'uuid' | 'number' | 'boolean' | 'json' | 'instant'

export interface Column {
  readonly property: string
  /** Quoted, as SQL wants it. */
  readonly name: string
  readonly kind: ColumnKind
  /** As the schema of this database spells it. */
  readonly type: string
  readonly isNullable: boolean
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly indexes: readonly Index[]
  column(property: string): Column
}

export interface Index {
  /** In its order. */
  readonly properties: readonly string[]
  /** One that the entity has given a name is insisted on where it serves best: SQLite would take the primary key. */
  readonly name: string | undefined
}

export type Tables = (entity: EntityName) => Table

/** Table and column names in native SQL come from the entities alone. */
export function describeTables(metadata: MetadataStorage): Tables {
  const known = new Map<EntityName, Table>()
  return entity => {
    const table = known.get(entity) ?? describe(metadata, entity)
    known.set(entity, table)
    return table
  }
}

function describe(metadata: MetadataStorage, entity: EntityName): Table {
  const { tableName, props, primaryKeys, indexes, uniques } = metadata.get(entity)
  const columns = props.map(property => ({
    property: property.name as string,
    name: quote(property.fieldNames[0]!),
    kind: kindOf(property),
    type: property.columnTypes[0]!,
    isNullable: property.nullable === true,
  }))
  const byProperty = new Map(columns.map(column => [column.property, column]))
  return {
    name: quote(tableName),
    columns,
    indexes: [
      { properties: primaryKeys as string[], name: undefined },
      ...props.filter(({ index, unique }) => index || unique).map(({ name }) => ({ properties: [name as string], name: undefined })),
      // One that holds some rows only serves statements that say which.
      ...[...indexes.filter(index => !('where' in index && index.where)), ...uniques].map(({ properties, name }) => ({
        properties: [properties ?? []].flat() as string[],
        name,
      })),
    ],
    column(property) {
      const column = byProperty.get(property)
      if (!column) throw new Error(`${tableName} has no property ${property}.`)
      return column
    },
  }
}

/** By the type's class, not by its name: minifying changes names. */
function kindOf({ customType, runtimeType, columnTypes }: EntityProperty): ColumnKind {
  if (customType instanceof InstantType) return 'instant'
  if (customType instanceof JsonType) return 'json'
  if (customType instanceof BigIntType || runtimeType === 'number') return 'number'
  if (runtimeType === 'boolean') return 'boolean'
  return columnTypes?.[0] === 'uuid' ? 'uuid' : 'text'
}

const quote = (name: string): string => `"${name}"`
