import { EventEntity } from '../core/events/index.ts'
import type { Condition, LabelTest } from '../kernel/filters.ts'
import type {
  CountQuery,
  GroupCount,
  GroupQuery,
  Order,
  Query,
  Span,
  SpanCounts,
  SpanQuery,
  StoredRecord,
  SumQuery,
  Sums,
} from '../kernel/storage.ts'
import { type AccessPath, accessPath } from './access-path.ts'
import type { Bind, Dialect } from './dialect.ts'
import type { Column, Table, Tables } from './tables.ts'

type Scope = Pick<Query, 'workspaceId' | 'where'>

export interface Sql {
  readonly text: string
  readonly parameters: readonly unknown[]
}

/** Turns queries, which are data, into SQL. Texts differ by shape only, never by value, so that a cache of prepared statements stays small. */
export function createQueryCompiler(tables: Tables, dialect: Dialect) {
  const start = () => {
    const parameters: unknown[] = []
    const bind: Bind = value => dialect.placeholder(parameters.push(value))
    return { parameters, bind }
  }

  const scope = (table: Table, { workspaceId, where }: Scope, bind: Bind, path?: AccessPath, also: readonly string[] = []): string => {
    const workspace = workspaceId === null ? [] : [`${seekable(table.column('workspaceId'), path).name} = ${bind(workspaceId)}`]
    const parts = [...workspace, ...conditions(table, where, bind, path), ...also]
    return parts.length > 0 ? ` where ${parts.join(' and ')}` : ''
  }

  /** A column that leads to no other index than the one chosen. */
  const seekable = (column: Column, path: AccessPath | undefined): Column =>
    path === undefined || path.sought.has(column.property) ? column : { ...column, name: dialect.unindexed(column) }

  const conditions = (table: Table, where: readonly Condition[], bind: Bind, path?: AccessPath): string[] =>
    where.map(condition => one(table, condition, bind, path))

  function one(table: Table, condition: Condition, bind: Bind, path?: AccessPath): string {
    if ('of' in condition) {
      const parts = condition.of.map(where => `(${conditions(table, where, bind, path).join(' and ') || 'true'})`)
      const any = `(${parts.join(' or ') || 'false'})`
      if (condition.is === 'neither') return `not coalesce(${any}, false)`
      return condition.is === 'anyOf' ? any : `(${parts.join(' and ') || 'true'})`
    }
    if (condition.is === 'referredBy') {
      const referring = tables(condition.entity)
      const pointing = `${referring.name}.${referring.column(condition.property).name} = ${table.name}.${table.column('id').name}`
      return `exists (select 1 from ${referring.name} where ${[pointing, ...conditions(referring, condition.where, bind)].join(' and ')})`
    }
    if (condition.is === 'labelled') {
      const each = condition.properties.map(property => {
        const tests = condition.tests.map(test => passing(test, bind)).join(' and ') || 'true'
        return `exists (select 1 from ${dialect.labelSets(table.column(property))} where ${tests})`
      })
      return `(${each.join(' or ') || 'false'})`
    }
    const column = table.column(condition.property)
    switch (condition.is) {
      case 'oneOf':
        return dialect.oneOf(seekable(column, path), condition.values, bind)
      case 'noneOf':
        return `not coalesce(${dialect.oneOf(column, condition.values, bind)}, false)`
      case 'atLeast':
        return `${orElse(table, column, condition.otherwise)} >= ${bind(dialect.encode(column, condition.value))}`
      case 'atMost':
        return `${orElse(table, column, condition.otherwise)} <= ${bind(dialect.encode(column, condition.value))}`
      case 'containing':
        return dialect.containing(asText(column), condition.text, bind)
      case 'startingWith':
        return `(${condition.prefixes.map(prefix => dialect.startingWith(column, prefix, bind)).join(' or ') || 'false'})`
      case 'outside':
        return `substr(${column.name}, 1, ${condition.prefix.length}) <> ${literal(condition.prefix)}`
      case 'havingAll':
        return `(${condition.values.map(value => dialect.having(column, value, bind)).join(' and ') || 'true'})`
      case 'havingAny':
        return `(${condition.values.map(value => dialect.having(column, value, bind)).join(' or ') || 'false'})`
      case 'missing':
        return `${seekable(column, path).name} is ${condition.isMissing ? '' : 'not '}null`
      case 'empty':
        return `${condition.isEmpty ? '' : 'not '}coalesce(${column.name} = ${bind(dialect.encode(column, []))}, true)`
      case 'keyOneOf':
        return dialect.oneOf(textUnder(column, condition.key), condition.values, bind)
      case 'related': {
        const related = tables(condition.entity)
        const where = conditions(related, condition.where, bind).join(' and ') || 'true'
        return `${seekable(column, path).name} in (select ${related.column('id').name} from ${related.name} where ${where})`
      }
    }
  }

  /** A label set as if it were a row, its labels columns of texts. */
  function passing({ label, patterns }: LabelTest, bind: Bind): string {
    const value = dialect.textUnder('"labels"', label, bind)
    const parts = patterns.map(({ text, isPrefix, isNegated }) => {
      const fits = isPrefix ? dialect.startingWith(labelColumn, text, bind) : dialect.oneOf(labelColumn, [text], bind)
      return isNegated ? `not coalesce(${fits}, false)` : fits
    })
    return `exists (select 1 from (select ${value} as "label") as "one" where ${parts.join(' or ') || 'false'})`
  }

  function behind(table: Table, query: Query, bind: Bind): string {
    if (!query.after) return ''
    const places = query.orderBy.map(([property, , otherwise]) => orElse(table, table.column(property), otherwise))
    const values = query.orderBy.map(([property], index) => bind(dialect.encode(table.column(property), query.after![index])))
    const comparison = query.orderBy[0]![1] === 'asc' ? '>' : '<'
    return `(${places.join(', ')}) ${comparison} (${values.join(', ')})`
  }

  /** What is meant, in any order. */
  function unordered(table: Table, { workspaceId, where }: Scope, bind: Bind, also: readonly string[] = []): string {
    const path = accessPath(table, { workspaceId, where, orderBy: [] })
    return `${dialect.from(table, path?.index)}${scope(table, { workspaceId, where }, bind, path, also)}`
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

  const summed = (table: Table, { sum }: SumQuery): string => (sum === null ? 'count(*)' : `sum(${table.column(sum).name})`)

  function groupedSums(table: Table, query: SumQuery, columns: readonly Column[], bind: Bind): string {
    const { workspaceId, where, slots, spans } = query
    const names = columns.map(({ name }) => name)
    const whole = (value: number) => `cast(${bind(value)} as integer)`
    const spanned = spans && table.column(spans.property)
    const slot = spanned
      ? '"span"."place"'
      : slots
        ? `(${table.column(slots.property).name} - ${whole(slots.start)}) / ${whole(slots.width)}`
        : '0'
    // Grouped by place: a group by an expression with parameters is another expression to Postgres.
    const grouped = [2, ...columns.map((_column, index) => index + 3)].join(', ')
    const within = (column: Column, all: readonly Span[]) =>
      `${dialect.spans(column, all, bind)}, ${table.name}${scope(table, { workspaceId, where }, bind) || ' where true'} and ${column.name} >= "span"."from" and ${column.name} < "span"."to"`
    const from = spanned ? within(spanned, spans.spans) : unordered(table, { workspaceId, where }, bind)
    return `select 1 as "part", ${[`${slot} as "slot"`, ...names].join(', ')}, ${summed(table, query)} as "sum" from ${from} group by ${grouped}`
  }

  /** Each sum is read off the index that its cell and its slot lead into: no row is sorted into a group. */
  function soughtSums(table: Table, query: SumQuery, columns: readonly Column[], bind: Bind): string {
    const { workspaceId, slots, by } = query
    const isOfFirst = (condition: Condition) => condition.is === 'oneOf' && condition.property === by[0]
    const allowed = query.where.filter(isOfFirst) as readonly Extract<Condition, { is: 'oneOf' }>[]
    const cells = query.cells!.filter(([first]) => allowed.every(({ values }) => values.includes(first!)))
    const where = query.where.filter(condition => !isOfFirst(condition) && !(slots && isBound(condition, slots.property)))
    const slotted = slots && table.column(slots.property)
    const inCell = columns.map(({ name }, place) =>
      place === 0 ? `${name} = "cell"."0"` : `("cell"."${place}" is null or ${name} = "cell"."${place}")`,
    )
    const inSpan = slotted ? [`${slotted.name} >= "span"."from"`, `${slotted.name} < "span"."to"`] : []
    const sum = `select ${summed(table, query)} from ${unordered(table, { workspaceId, where }, bind, [...inCell, ...inSpan])}`
    const names = columns.map(({ name }, place) => `"cell"."${place}" as ${name}`)
    const parts = [...(slotted ? [dialect.spans(slotted, spansOf(slots, query.where), bind)] : []), dialect.cells!(columns, cells, bind)]
    return `select 1 as "part", ${slotted ? '"span"."place"' : '0'} as "slot", ${names.join(', ')}, (${sum}) as "sum" from ${parts.join(', ')}`
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
      const isWide = query.slots === undefined || query.slots.width >= WIDE
      const sums = (dialect.cells && query.cells && isWide ? soughtSums : groupedSums)(table, query, columns, bind)
      const text = [
        sums,
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

/** Of narrower slots the few rows are sorted faster than each sum is sought. */
const WIDE = 12

type Bound = Extract<Condition, { is: 'atLeast' | 'atMost' }>

const isBound = (condition: Condition, property: string): condition is Bound =>
  (condition.is === 'atLeast' || condition.is === 'atMost') && condition.property === property

/** Slots as spans, cut off where the conditions end: an index is sought between two bounds, not four. */
function spansOf({ property, start, width, count }: NonNullable<SumQuery['slots']>, where: readonly Condition[]): Span[] {
  const bounds = where.filter(condition => isBound(condition, property))
  const least = Math.max(start, ...bounds.flatMap(({ is, value }) => (is === 'atLeast' ? [Number(value)] : [])))
  const most = Math.min(start + count * width, ...bounds.flatMap(({ is, value }) => (is === 'atMost' ? [Number(value) + 1] : [])))
  return Array.from({ length: count }, (_, slot) => [Math.max(least, start + slot * width), Math.min(most, start + (slot + 1) * width)])
}

/** The row that says how far the log was. */
const placeIn = (rows: readonly Record<string, unknown>[], column: string): number =>
  Number(rows.find(({ part }) => Number(part) === 0)![column])

export type QueryCompiler = ReturnType<typeof createQueryCompiler>

const isSearch = ({ is }: Condition): boolean => !['oneOf', 'noneOf', 'missing', 'atLeast', 'atMost'].includes(is)

const orElse = (table: Table, { name }: Column, otherwise: string | undefined): string =>
  otherwise === undefined ? name : `coalesce(${name}, ${table.column(otherwise).name})`

/** "Nulls last" only where there can be nulls: an index is not used in an order that it does not have. */
function orderOf(table: Table, [property, direction, otherwise]: Order): string {
  const column = table.column(property)
  const last = otherwise === undefined ? column : table.column(otherwise)
  return `${orElse(table, column, otherwise)} ${direction}${column.isNullable && last.isNullable ? ' nulls last' : ''}`
}

/** A key of a JSON object as if it were a column of texts; keys are the code's own words. */
const textUnder = (column: Column, key: string): Column => ({
  ...column,
  name: `(${column.name} ->> '${key}')`,
  kind: 'text',
  type: 'text',
})

const asText = (column: Column): Column => (column.kind === 'json' ? { ...column, name: `cast(${column.name} as text)` } : column)

const labelColumn: Column = { property: 'label', name: '"label"', kind: 'text', type: 'text', isNullable: true }

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
const unquoted = (name: string): string => name.slice(1, -1)

export function decodeRow(dialect: Dialect, columns: readonly Column[], row: Record<string, unknown>): StoredRecord {
  const record: StoredRecord = {}
  for (const column of columns) record[column.property] = dialect.decode(column, row[unquoted(column.name)])
  return record
}
