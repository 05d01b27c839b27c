import { z } from 'zod'
import type { ScopedReader } from './context.ts'
import { invalidAt } from './errors.ts'
import type { Query } from './storage.ts'

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
    cursors: nodes.map(node => encodeKey(list.orderBy.map(([property]) => node[property]))),
    hasNextPage: rows.length > first,
    hasPreviousPage: Boolean(after),
  }
}

const encodeKey = (values: readonly unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

function decodeKey(cursor: string, length: number): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === length) return values
  } catch {
    // Falls through to the refusal: whatever it was, it did not come from a page of this list.
  }
  throw invalidAt(['after'], 'is not a cursor of this list')
}

export const MOST_COUNTED = 10_000

/** Counts up to 10 000: an exact total of millions is not worth the scan. */
export async function countUpTo(read: ScopedReader, query: Pick<Query, 'entity' | 'where'>): Promise<{ value: number; isExact: boolean }> {
  const value = await read.count({ ...query, limit: MOST_COUNTED + 1 })
  return value > MOST_COUNTED ? { value: MOST_COUNTED, isExact: false } : { value, isExact: true }
}
