import { z } from 'zod'
import type { ScopedReader } from './context.ts'
import { invalidAt } from './errors.ts'
import type { Condition } from './filters.ts'
import type { Order, Query } from './storage.ts'

/** A page of a list by keyset: stable while rows come and go, and as fast on the last page as on the first. */
export const pageInput = {
  /** 1 to 200 records. */
  first: z.int().min(1).max(200).default(50),
  /** The `cursor` of the record to continue behind. */
  after: z.string().nullish(),
}

export interface ListPage<Record_> {
  readonly nodes: readonly Record_[]
  /** One for each node. */
  readonly cursors: readonly string[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export type ListQuery = Omit<Query, 'after' | 'limit' | 'workspaceId'> & {
  readonly first: number
  readonly after?: string | null | undefined
}

export async function readPage<Record_>(read: ScopedReader, { first, after, ...list }: ListQuery): Promise<ListPage<Record_>> {
  const query = { ...list, limit: first + 1, ...(after ? { after: decodeKey(after, list.orderBy.length) } : {}) }
  const rows = await read.select(query)
  const nodes = rows.slice(0, first)
  return {
    nodes: nodes as Record_[],
    cursors: nodes.map(node => encodeKey(list.orderBy.map(([property, , otherwise]) => node[property] ?? (otherwise && node[otherwise])))),
    hasNextPage: rows.length > first,
    hasPreviousPage: Boolean(after),
  }
}

/** Of the values that a record is ordered by. */
export const encodeKey = (values: readonly unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

export function decodeKey(cursor: string, length: number, path: readonly string[] = ['after']): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === length) return values
  } catch {
    // Falls through to the refusal: whatever it was, it did not come from a page of this list.
  }
  throw invalidAt(path, 'is not a cursor of this list')
}

export const MOST_COUNTED = 10_000

/** Counts up to 10 000: an exact total of millions is not worth the scan, unless the caller's protocol has no other. */
export async function countUpTo(
  read: ScopedReader,
  query: Pick<Query, 'entity' | 'where'>,
  most = MOST_COUNTED,
): Promise<{ value: number; isExact: boolean }> {
  return cappedCount(await read.count({ ...query, limit: most + 1 }), most)
}

export const cappedCount = (value: number, most: number): { value: number; isExact: boolean } =>
  value > most ? { value: most, isExact: false } : { value, isExact: true }

/** A page by number, for protocols that count from the start. */
export const sliceInput = {
  limit: z.int().min(0).max(10_000),
  offset: z.int().min(0).default(0),
}

/** What a door has built of its own protocol's filters, joined to the neutral filter by "and". */
export const alsoInput = { also: z.array(z.custom<Condition>()).readonly().optional() }

/** `countAll`: count to the end. */
export const countInput = { ...alsoInput, countAll: z.boolean().default(false) }

export const mostCounted = (countAll: boolean): number => (countAll ? Number.MAX_SAFE_INTEGER - 1 : MOST_COUNTED)

/** By one property, or by another where that is missing, and by id where those are equal. */
export const by = (property: string, direction: Order[1], otherwise?: string): readonly Order[] => [
  otherwise === undefined ? [property, direction] : [property, direction, otherwise],
  ['id', direction],
]

/** Records in the order of the ids asked for; undefined where there is none in the workspace. */
export async function readByIds<Record_>(
  read: ScopedReader,
  entity: Query['entity'],
  ids: readonly string[],
  properties?: readonly string[],
): Promise<(Record_ | undefined)[]> {
  const distinct = [...new Set(ids)]
  if (distinct.length === 0) return []
  const rows = await read.select({
    entity,
    where: [{ is: 'oneOf', property: 'id', values: distinct }],
    orderBy: [['id', 'asc']],
    limit: distinct.length,
    ...(properties ? { properties } : {}),
  })
  const byId = new Map(rows.map(row => [row.id, row as Record_]))
  return ids.map(id => byId.get(id))
}
