import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { changeEvents } from '../events/index.ts'
import { SavedView, type SavedViewRecord } from './saved-view.entity.ts'

const events = changeEvents('saved-view')

/** Lists that have views. */
export const viewedLists = ['FLOW_RUNS', 'EVENTS'] as const

const MOST_VIEWS = 200
const list = z.enum(viewedLists)
const name = z.string().trim().min(1).max(100)
/** As it stands behind the `?` of the list's address. */
const asked = z.string().max(2000)

export const createSavedView = mutation('saved-view.create', {
  input: z.object({ list, name, query: asked, isDefault: z.boolean().default(false) }),
  needs: 'saved-view:write',
  async run(ctx, input): Promise<SavedViewRecord> {
    await refuseTaken(ctx, input)
    if ((await ctx.em.count(SavedView, { list: input.list })) >= MOST_VIEWS)
      throw conflict(`This list has ${MOST_VIEWS} views, which is as many as there may be: delete one first.`)
    const now = ctx.clock.now()
    if (input.isDefault) await clearDefault(ctx, input.list)
    const view = ctx.em.create(SavedView, { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, ...input, created: now, updated: now })
    ctx.emit(events.created(ctx, view))
    return view
  },
})

export const updateSavedView = mutation('saved-view.update', {
  input: z.object({ id: uuid, change: z.object({ name: name.optional(), query: asked.optional(), isDefault: z.boolean().optional() }) }),
  needs: 'saved-view:write',
  async run(ctx, { id, change }): Promise<SavedViewRecord> {
    const view = await find(ctx, id)
    if (change.name !== undefined && change.name !== view.name) await refuseTaken(ctx, { list: view.list, name: change.name })
    if (change.isDefault && !view.isDefault) await clearDefault(ctx, view.list)
    if (change.name !== undefined) view.name = change.name
    if (change.query !== undefined) view.query = change.query
    if (change.isDefault !== undefined) view.isDefault = change.isDefault
    view.updated = ctx.clock.now()
    ctx.emit(events.updated(ctx, view))
    return view
  },
})

export const deleteSavedView = mutation('saved-view.delete', {
  input: z.object({ id: uuid }),
  needs: 'saved-view:write',
  async run(ctx, { id }): Promise<SavedViewRecord> {
    const view = await find(ctx, id)
    ctx.em.remove(view)
    ctx.emit(events.deleted(ctx, view))
    return view
  },
})

/** By name. */
export const listSavedViews = query('saved-view.list', {
  input: z.object({ list }),
  needs: 'saved-view:read',
  run: async (ctx, { list }) =>
    (await ctx.read.select({
      entity: SavedView,
      where: [{ is: 'oneOf', property: 'list', values: [list] }],
      orderBy: [
        ['name', 'asc'],
        ['id', 'asc'],
      ],
      limit: MOST_VIEWS,
    })) as unknown as SavedViewRecord[],
})

async function find(ctx: Ctx, id: string) {
  const view = await ctx.em.findOne(SavedView, { id, list: { $in: [...viewedLists] } })
  if (!view) throw notFound('Saved view', id)
  return view
}

async function refuseTaken(ctx: Ctx, { list, name }: { readonly list: string; readonly name: string }): Promise<void> {
  if (await ctx.em.count(SavedView, { list, name })) throw conflict(`A view ${name} of this list exists already.`, { name })
}

/** A list opens on one view at most. */
async function clearDefault(ctx: Ctx, list: string): Promise<void> {
  for (const view of await ctx.em.find(SavedView, { list, isDefault: true })) view.isDefault = false
}
