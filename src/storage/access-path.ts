import type { Condition } from '../kernel/filters.ts'
import type { Order, Query } from '../kernel/storage.ts'
import type { Index, Table } from './tables.ts'

type OneOf = Extract<Condition, { readonly is: 'oneOf' }>

/** The index by which a query is best answered, where there is one that has its rows in the order asked for. */
export interface AccessPath {
  /** What the index is sought by, one value each. */
  readonly sought: ReadonlySet<string>
  /** Of several values: the query is asked for each alone, and the answers are merged. An index is in order for one of them only. */
  readonly split: OneOf | undefined
  /** All that it holds is given: few rows are left, whatever else is asked. */
  readonly isExact: boolean
  readonly index: Index
}

/** Values that a query in some order is split by at most; lists of ids are longer, and lead to as many rows. */
const MOST_BRANCHES = 16

/**
 * SQLite keeps no counts, and takes an index that is in order over one that leads to the few rows meant; Postgres guesses. Which index serves which shape of
 * a filter is known here: the one that more of the conditions lead into, as long as the order follows.
 */
export function accessPath(
  table: Table,
  { workspaceId, where, orderBy }: Pick<Query, 'workspaceId' | 'where' | 'orderBy'>,
): AccessPath | undefined {
  const given = where.filter((condition): condition is OneOf => condition.is === 'oneOf')
  const single = new Set(given.filter(({ values }) => values.length === 1).map(({ property }) => property))
  if (workspaceId !== null) single.add('workspaceId')
  const isFew = ({ values }: OneOf) => values.length <= MOST_BRANCHES || orderBy.length === 0
  const several = new Map(given.filter(one => one.values.length > 1 && isFew(one)).map(one => [one.property, one]))
  const isGiven = (property: string) => single.has(property) || several.has(property)
  const led = where.flatMap(one => (isLeading(one) ? [one.property] : []))
  const exact = table.indexes.find(({ properties }) => properties.every(property => property === 'workspaceId' || led.includes(property)))
  if (exact) return { sought: new Set(exact.properties), split: undefined, isExact: true, index: exact }
  if (!isInOneDirection(orderBy)) return undefined
  const order = orderBy.map(([property]) => property)

  let best: { readonly prefix: readonly string[]; readonly index: Index } | undefined
  for (const index of table.indexes) {
    const prefix = order.length > 0 ? before(index.properties, order) : leading(index.properties, isGiven)
    if (!prefix?.length || !prefix.every(isGiven)) continue
    if (order.length > 0 && prefix.filter(property => !single.has(property)).length > 1) continue
    if (!best || rank(prefix, single) > rank(best.prefix, single)) best = { prefix, index }
  }
  if (!best) return undefined
  const split = order.length > 0 ? best.prefix.find(property => !single.has(property)) : undefined
  return {
    sought: new Set(best.prefix),
    split: split === undefined ? undefined : several.get(split),
    isExact: false,
    index: best.index,
  }
}

/** The beginning of an id is long enough to leave few of them. */
const isLeading = (condition: Condition): condition is Extract<Condition, { is: 'oneOf' | 'related' | 'startingWith' }> =>
  condition.is === 'oneOf' || condition.is === 'related' || (condition.is === 'startingWith' && condition.property === 'id')

/** What stands in an index before the order that it ends with. */
function before(index: readonly string[], order: readonly string[]): readonly string[] | undefined {
  const length = index.length - order.length
  return length >= 0 && order.every((property, place) => index[length + place] === property) ? index.slice(0, length) : undefined
}

function leading(index: readonly string[], isGiven: (property: string) => boolean): readonly string[] {
  const end = index.findIndex(property => !isGiven(property))
  return end < 0 ? index : index.slice(0, end)
}

/** The longer the better, and of two as long that of more single values. Most databases hold one workspace. */
const rank = (prefix: readonly string[], single: ReadonlySet<string>): number =>
  prefix.reduce((sum, property) => sum + (property === 'workspaceId' ? 0.1 : single.has(property) ? 1.01 : 1), 0)

const isInOneDirection = (orderBy: readonly Order[]): boolean =>
  orderBy.every(([, direction, otherwise]) => direction === orderBy[0]![1] && otherwise === undefined)
