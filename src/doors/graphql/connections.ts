import type { ObjectRef } from '@pothos/core'
import type { Operation } from '../../kernel/operation.ts'
import type { ListPage } from '../../kernel/paging.ts'
import { asks, builder, type SchemaTypes } from './builder.ts'

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>

/** A page of a list as a connection needs it: what was read, how to count, and where the log stood before the reading. */
export interface Connection<Node> {
  readonly page: ListPage<Node>
  readonly count: () => Promise<{ value: number; isExact: boolean }>
  readonly cursor: string
}

const CountRef = builder.objectRef<{ value: number; isExact: boolean }>('Count').implement({
  description: 'How many there are, counted up to 10 000.',
  fields: t => ({
    value: t.exposeInt('value', { description: 'The count, or 10000 when there are more.' }),
    isExact: t.exposeBoolean('isExact', { description: 'False when there are more than were counted.' }),
  }),
})

const PageInfo = builder.objectRef<ListPage<unknown>>('PageInfo').implement({
  description: 'Whether a list goes on, and where.',
  fields: t => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether there are records behind this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether this page was asked for behind another.' }),
    startCursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'Of the first record here.',
      resolve: page => page.cursors[0] ?? null,
    }),
    endCursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'Of the last record here; pass it as `after` for the next page.',
      resolve: page => page.cursors.at(-1) ?? null,
    }),
  }),
})

/** `FlowConnection` and `FlowEdge` for `Flow`. `counting` is the operation behind its total; `cursorField` names what its subscription continues from. */
export function connectionType<Node>(
  noun: string,
  node: ObjectRef<Types, Node>,
  counting: Pick<Operation, 'operation'>,
  cursorField: 'eventCursor' | 'logCursor' = 'eventCursor',
): ObjectRef<Types, Connection<Node>> {
  const Edge = builder.objectRef<{ cursor: string; node: Node }>(`${noun}Edge`).implement({
    description: `A ${noun} in its list.`,
    fields: t => ({
      cursor: t.field({ type: 'Cursor', description: 'Its place in the list.', resolve: edge => edge.cursor }),
      node: t.field({ type: node, description: 'The record.', resolve: edge => edge.node as never }),
    }),
  })
  return builder.objectRef<Connection<Node>>(`${noun}Connection`).implement({
    description: `A page of a list of ${noun}s.`,
    fields: t => ({
      edges: t.field({
        type: [Edge],
        description: 'The records with their cursors.',
        resolve: ({ page }) => page.nodes.map((record, index) => ({ node: record, cursor: page.cursors[index]! })),
      }),
      nodes: t.field({ type: [node], description: 'The records alone.', resolve: ({ page }) => page.nodes as never }),
      pageInfo: t.field({ type: PageInfo, description: 'Whether the list goes on.', resolve: ({ page }) => page }),
      totalCount: t.field({
        type: CountRef,
        description: 'How many records the filter matches.',
        extensions: asks(counting),
        resolve: ({ count }) => count(),
      }),
      [cursorField]: t.field({
        type: 'Cursor',
        description: 'Where the log stood before this page was read: a subscription `after` it misses nothing.',
        resolve: ({ cursor }) => cursor,
      }),
    }),
  })
}

type ConnectionArgs = { first?: number | null | undefined; after?: string | null | undefined }

/** The arguments every connection takes. */
export const pageArgs = (first = 50) =>
  builder.args(t => ({
    first: t.int({ defaultValue: first, description: 'How many records, 1 to 200.' }),
    after: t.field({ type: 'Cursor', description: 'Continue behind this record.' }),
  }))

export const paging = ({ first, after }: ConnectionArgs) => ({ first: first ?? undefined, after: after ?? undefined })

export type { Types }
