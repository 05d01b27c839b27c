import type { Condition } from '../kernel/filters.ts'
import type { Span, SumQuery } from '../kernel/storage.ts'
import type { Bind, Dialect } from './dialect.ts'
import type { Scopes } from './scope-sql.ts'
import type { Column, Table } from './tables.ts'

/** Sums by the values of some columns, in SQL: a row each, with `part` 1, its `slot` and the `sum`. */
export function createSums(dialect: Dialect, { scope, unordered }: Scopes) {
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

  return (table: Table, query: SumQuery, columns: readonly Column[], bind: Bind): string => {
    const isWide = query.slots === undefined || query.slots.width >= WIDE
    return (dialect.cells && query.cells && isWide ? soughtSums : groupedSums)(table, query, columns, bind)
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
