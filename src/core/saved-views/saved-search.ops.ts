import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, invalidAt, notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { sliceInput } from '../../kernel/paging.ts'
import { changeEvents } from '../events/index.ts'
import { SavedView, type SavedViewRecord } from './saved-view.entity.ts'

/** The filters of Prefect's own pages. They are kept as they are, and narrow no list here: a saved view whose query is their JSON, of a list that nobody shows. */
const LIST = 'SEARCHES'
const MOST_SEARCHES = 1_000
const MOST_CHARACTERS = 100_000

const events = changeEvents('saved-view')

const filter = z.object({ object: z.string(), property: z.string(), type: z.string(), operation: z.string(), value: z.json() })

export interface SavedSearch {
  readonly id: string
  readonly name: string
  readonly filters: readonly z.output<typeof filter>[]
  readonly created: Instant
  readonly updated: Instant
}

/** Makes it, or writes over the one of that name. */
export const putSavedSearch = mutation('saved-view.put-search', {
  input: z.object({ name: z.string(), filters: z.array(filter) }),
  needs: 'saved-view:write',
  async run(ctx, { name, filters }): Promise<SavedSearch> {
    const words = JSON.stringify(filters)
    if (words.length > MOST_CHARACTERS)
      throw invalidAt(['filters'], `take ${words.length} characters as JSON, and ${MOST_CHARACTERS} are allowed`)
    const now = ctx.clock.now()
    const known = await ctx.em.findOne(SavedView, { list: LIST, name })
    if (known) {
      known.query = words
      known.updated = now
      ctx.emit(events.updated(ctx, known))
      return searchOf(known)
    }
    if ((await ctx.em.count(SavedView, { list: LIST })) >= MOST_SEARCHES)
      throw conflict(`There are ${MOST_SEARCHES} saved searches, which is as many as there may be: delete one first.`)
    const made = { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, list: LIST, name, query: words, isDefault: false }
    const search = ctx.em.create(SavedView, { ...made, created: now, updated: now })
    ctx.emit(events.created(ctx, search))
    return searchOf(search)
  },
})

export const findSavedSearch = query('saved-view.find-search', {
  input: z.object({ id: uuid }),
  needs: 'saved-view:read',
  run: async (ctx, { id }): Promise<SavedSearch> => searchOf(await find(ctx, id)),
})

export const deleteSavedSearch = mutation('saved-view.delete-search', {
  input: z.object({ id: uuid }),
  needs: 'saved-view:write',
  async run(ctx, { id }): Promise<SavedSearch> {
    const search = await find(ctx, id)
    ctx.em.remove(search)
    ctx.emit(events.deleted(ctx, search))
    return searchOf(search)
  },
})

/** By name, counted from the start. */
export const sliceSavedSearches = query('saved-view.slice-searches', {
  input: z.object(sliceInput),
  needs: 'saved-view:read',
  async run(ctx, slice): Promise<readonly SavedSearch[]> {
    const found = await ctx.read.select({
      entity: SavedView,
      where: [{ is: 'oneOf', property: 'list', values: [LIST] }],
      orderBy: [
        ['name', 'asc'],
        ['id', 'asc'],
      ],
      ...slice,
    })
    return (found as unknown as SavedViewRecord[]).map(searchOf)
  },
})

async function find(ctx: Ctx, id: string) {
  const search = await ctx.em.findOne(SavedView, { id, list: LIST })
  if (!search) throw notFound('Saved search', id)
  return search
}

const searchOf = ({ id, name, query, created, updated }: SavedViewRecord): SavedSearch => ({
  id,
  name,
  filters: JSON.parse(query),
  created,
  updated,
})
