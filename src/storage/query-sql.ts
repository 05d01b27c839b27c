import { EventEntity } from '../core/events/index.ts'
import type { Condition } from '../kernel/filters.ts'
import type {
  CountQuery,
  GroupCount,
  GroupQuery,
  Order,
  Query,
  SpanCounts,
  SpanQuery,
  StoredRecord,
  SumQuery,
  Sums,
} from '../kernel/storage.ts'
import { accessPath } from './access-path.ts'
import type { Bind, Dialect } from './dialect.ts'
import { createScopes, orElse, type Scope } from './scope-sql.ts'
import { createSums } from './sum-sql.ts'
import type { Column, Table, Tables } from './tables.ts'

export interface Sql {
  readonly text: string
  readonly parameters: readonly unknown[]
}

/** Turns queries, which are data, into SQL. Texts differ by shape only, never by value, so that a cache of prepared statements stays small. */
export function createQueryCompiler(tables: Tables, dialect: Dialect) {
  const scopes = createScopes(tables, dialect)
  const { scope, conditions, unordered } = scopes
  const sumsOf = createSums(dialect, scopes)

  const start = () => {
    const parameters: unknown[] = []
    const bind: Bind = value => dialect.placeholder(parameters.push(value))
    return { parameters, bind }
  }

  function behind(table: Table, query: Query, bind: Bind): string {
    if (!query.after) return ''
    const places = query.orderBy.map(([property, , otherwise]) => orElse(table, table.column(property), otherwise))
    const values = query.orderBy.map(([property], index) => bind(dialect.encode(table.column(property), query.after![index])))
    const comparison = query.orderBy[0]![1] === 'asc' ? '>' : '<'
    return `(${places.join(', ')}) ${comparison} (${values.join(', ')})`
  }

  /** Of each record that is pointed at the first, by a walk along the index in whose order they are asked for. */
  function firstOfEach(table: Table, { firstOfEach, workspaceId, where }: Query, order: string, bind: Bind): string {
    const { property, of, ids } = firstOfEach!
    const each = tables(of)
    const pointing = `${table.name}.${table.column(property).name} = ${each.name}.${each.column('id').name}`
    const workspace = workspaceId === null ? [] : [`${dialect.unindexed(table.column('workspaceId'))} = ${bind(workspaceId)}`]
    const id = table.column('id').name
    const first = `select ${id} from ${table.name} where ${[pointing, ...workspace, ...conditions(table, where, bind)].join(' and ')}${order} limit 1`
    return `${id} in (select (${first}) from ${each.name} where ${dialect.oneOf(each.column('id'), ids, bind)})`
  }

  /** Ordered rows of a query, as text; of one that is split, the first of each branch merged. */
  function rows(table: Table, query: Query, columns: readonly Column[], bind: Bind): string {
    const path = accessPath(table, query)
    const names = columns.map(({ name }) => name).join(', ')
    const order = ` order by ${query.orderBy.map(one => orderOf(table, one)).join(', ')}`
    if (query.firstOfEach) return `select ${names} from ${table.name} where ${firstOfEach(table, query, order, bind)}${order}`
    const branch = (where: readonly Condition[]) => {
      const scoped = scope(table, { ...query, where }, bind, path)
      const after = behind(table, query, bind)
      return `select ${names} from ${dialect.from(table, path?.index)}${scoped}${after && `${scoped ? ' and ' : ' where '}${after}`}${order}`
    }
    if (!path?.split) return branch(query.where)
    const { split } = path
    const others = query.where.filter(condition => condition !== split)
    const most = query.limit + (query.offset ?? 0)
    const branches = [...new Set(split.values)].map(
      (value, index) => `select * from (${branch([{ ...split, values: [value] }, ...others])} limit ${bind(most)}) as "branch${index}"`,
    )
    return `select * from (${branches.join(' union all ')}) as "merged"${order}`
  }

  return {
    /** Whether very many rows may be looked at for the few that are meant: what it searches by leads into no index, nor does anything beside. */
    mayScan({ entity, workspaceId, where, orderBy = [] }: Scope & Pick<Query, 'entity'> & Partial<Pick<Query, 'orderBy'>>): boolean {
      const path = accessPath(tables(entity), { workspaceId, where, orderBy })
      if (path?.isExact) return false
      const isNarrow = path !== undefined && path.sought.size > (path.sought.has('workspaceId') ? 1 : 0)
      return where.some(condition => isSearch(condition) || (condition.is === 'oneOf' && !isNarrow))
    },
    select(query: Query): Sql & { decode(row: Record<string, unknown>): StoredRecord } {
      const table = tables(query.entity)
      const { parameters, bind } = start()
      const asked = query.properties?.map(property => table.column(property)) ?? table.columns
      const ordering = query.orderBy.flatMap(([property, , otherwise]) => [property, ...(otherwise ? [otherwise] : [])])
      const columns = [...new Set([...asked, ...ordering.map(property => table.column(property))])]
      const text = [
        rows(table, query, columns, bind),
        ` limit ${bind(query.limit)}`,
        query.offset ? ` offset ${bind(query.offset)}` : '',
      ].join('')
      return { text, parameters, decode: row => decodeRow(dialect, asked, row) }
    },
    count(query: CountQuery): Sql {
      const table = tables(query.entity)
      const { parameters, bind } = start()
      return {
        text: `select count(*) as "count" from (select 1 from ${unordered(table, query, bind)} limit ${bind(query.limit)}) as counted`,
        parameters,
      }
    },
    /** One statement, hence one snapshot: the log's place comes as the first row. */
    countBy(query: GroupQuery): Sql & { decode(rows: readonly Record<string, unknown>[]): GroupCount } {
      const table = tables(query.entity)
      const events = tables(EventEntity)
      const { parameters, bind } = start()
      const { name } = table.column(query.property)
      const found = unordered(table, query, bind)
      const text = [
        `select 0 as "part", null as "key", coalesce(max(${events.column('seq').name}), 0) as "count" from ${events.name}`,
        `select 1 as "part", ${name} as "key", count(*) as "count" from ${found} group by ${name}`,
      ].join(' union all ')
      return {
        text,
        parameters,
        decode(rows) {
          const counts = new Map(
            rows.filter(({ part }) => Number(part) === 1).map(({ key, count }) => [key as string | null, Number(count)]),
          )
          return { counts, asOf: placeIn(rows, 'count') }
        },
      }
    },
    sumBy(query: SumQuery): Sql & { decode(rows: readonly Record<string, unknown>[]): Sums } {
      const table = tables(query.entity)
      const events = tables(EventEntity)
      const { parameters, bind } = start()
      const columns = query.by.map(property => table.column(property))
      const text = [
        sumsOf(table, query, columns, bind),
        `select 0, 0, ${[...columns.map(() => 'null'), `coalesce(max(${events.column('seq').name}), 0)`].join(', ')} from ${events.name}`,
      ].join(' union all ')
      return {
        text,
        parameters,
        decode: rows => ({
          rows: rows
            .filter(({ part, sum }) => Number(part) === 1 && sum !== null)
            .map(row => ({ slot: Number(row['slot']), record: decodeRow(dialect, columns, row), sum: Number(row['sum']) })),
          asOf: placeIn(rows, 'sum'),
        }),
      }
    },
    /** A count for each span rather than one grouping: it is read off the index, four times as fast. */
    countInSpans(query: SpanQuery): Sql & { decode(rows: readonly Record<string, unknown>[]): SpanCounts } {
      const { entity, property, spans } = query
      const table = tables(entity)
      const events = tables(EventEntity)
      const { parameters, bind } = start()
      const column = table.column(property)
      const counted = `${scope(table, query, bind) || ' where true'} and ${column.name} >= "span"."from" and ${column.name} < "span"."to"`
      const from = dialect.spans(column, spans, bind)
      const text = [
        `select 0 as "part", 0 as "place", coalesce(max(${events.column('seq').name}), 0) as "count" from ${events.name}`,
        `select 1, "span"."place", (select count(*) from ${table.name}${counted}) from ${from}`,
      ].join(' union all ')
      return {
        text,
        parameters,
        decode: rows => ({
          counts: rows
            .filter(({ part }) => Number(part) === 1)
            .sort((one, other) => Number(one['place']) - Number(other['place']))
            .map(({ count }) => Number(count)),
          asOf: placeIn(rows, 'count'),
        }),
      }
    },
  }
}

/** The row that says how far the log was. */
const placeIn = (rows: readonly Record<string, unknown>[], column: string): number =>
  Number(rows.find(({ part }) => Number(part) === 0)![column])

export type QueryCompiler = ReturnType<typeof createQueryCompiler>

const isSearch = ({ is }: Condition): boolean => !['oneOf', 'noneOf', 'missing', 'atLeast', 'atMost'].includes(is)

/** "Nulls last" only where there can be nulls: an index is not used in an order that it does not have. */
function orderOf(table: Table, [property, direction, otherwise]: Order): string {
  const column = table.column(property)
  const last = otherwise === undefined ? column : table.column(otherwise)
  return `${orElse(table, column, otherwise)} ${direction}${column.isNullable && last.isNullable ? ' nulls last' : ''}`
}

const unquoted = (name: string): string => name.slice(1, -1)

export function decodeRow(dialect: Dialect, columns: readonly Column[], row: Record<string, unknown>): StoredRecord {
  const record: StoredRecord = {}
  for (const column of columns) record[column.property] = dialect.decode(column, row[unquoted(column.name)])
  return record
}
