import { z } from 'zod'
import type { WorkspaceRef } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { chore, mutation, query } from '../../kernel/operation.ts'
import { installInto } from '../blocks/index.ts'
import { Workspace } from './workspace.entity.ts'
import { slugPattern } from './workspace.rules.ts'

export const findWorkspaceBySlug = query('workspace.find-by-slug', {
  input: z.object({ slug: z.string() }),
  needs: 'workspace:read',
  async run(ctx, { slug }): Promise<WorkspaceRef> {
    const found = await ctx.em.findOne(Workspace, { slug })
    if (!found) throw notFound('Workspace', slug)
    return { id: found.id, slug: found.slug, name: found.name }
  },
})

/** For services, which work for all of them. In the order asked; undefined where there is none. */
export const workspacesByIds = chore('workspace.by-ids', {
  input: z.object({ ids: z.array(uuid).max(1000) }),
  needs: 'workspace:admin',
  async run(ctx, { ids }): Promise<(WorkspaceRef | undefined)[]> {
    const found = await ctx.em.find(Workspace, { id: { $in: ids } })
    const byId = new Map(found.map(({ id, slug, name }) => [id, { id, slug, name }]))
    return ids.map(id => byId.get(id))
  },
})

/** By slug. */
export const listWorkspaces = query('workspace.list', {
  input: z.object({}),
  needs: 'workspace:read',
  run: async (ctx): Promise<WorkspaceRef[]> =>
    (await ctx.em.find(Workspace, {}, { orderBy: { slug: 'asc' } })).map(({ id, slug, name }) => ({ id, slug, name })),
})

/** With the block types that come with the server. */
export const createWorkspace = mutation('workspace.create', {
  input: z.object({
    slug: z.string().regex(slugPattern, 'must be 1 to 64 lower-case letters, digits and hyphens'),
    name: z.string().min(1).max(200),
  }),
  needs: 'workspace:admin',
  async run(ctx, { slug, name }) {
    if (await ctx.em.findOne(Workspace, { slug })) throw conflict(`A workspace ${slug} exists already.`, { slug })
    const workspace = ctx.em.create(Workspace, { id: ctx.ids.uuid(), slug, name, created: ctx.clock.now() })
    await installInto(ctx, workspace.id)
    return workspace
  },
})
