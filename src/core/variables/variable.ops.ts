import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { countUpTo, pageInput, readPage } from '../../kernel/paging.ts'
import { changeEvents } from '../events/index.ts'
import { Variable, type VariableRecord } from './variable.entity.ts'

const events = changeEvents('variable')

const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-z0-9_-]+$/i, 'must be letters, digits, underscores and hyphens')
const tags = z.array(z.string())
const LONGEST_VALUE = 5000
const value = z.json().refine(json => JSON.stringify(json).length <= LONGEST_VALUE, `must be at most ${LONGEST_VALUE} characters of JSON`)

export const createVariable = mutation('variable.create', {
  input: z.object({ name, value, tags: tags.default([]) }),
  needs: 'variable:write',
  async run(ctx, input): Promise<VariableRecord> {
    if (await ctx.em.count(Variable, { name: input.name })) throw conflict(`A variable ${input.name} exists already.`, { name: input.name })
    const now = ctx.clock.now()
    const variable = ctx.em.create(Variable, { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, ...input, created: now, updated: now })
    ctx.emit(events.created(ctx, variable))
    return variable
  },
})

export const updateVariable = mutation('variable.update', {
  input: z.object({ name, change: z.object({ name: name.optional(), value: value.optional(), tags: tags.optional() }) }),
  needs: 'variable:write',
  async run(ctx, { name, change }): Promise<VariableRecord> {
    const variable = await find(ctx, name)
    if (change.name !== undefined && change.name !== name && (await ctx.em.count(Variable, { name: change.name }))) {
      throw conflict(`A variable ${change.name} exists already.`, { name: change.name })
    }
    if (change.name !== undefined) variable.name = change.name
    if (change.value !== undefined) variable.value = change.value
    if (change.tags !== undefined) variable.tags = change.tags
    variable.updated = ctx.clock.now()
    ctx.emit(events.updated(ctx, variable))
    return variable
  },
})

export const deleteVariable = mutation('variable.delete', {
  input: z.object({ name }),
  needs: 'variable:write',
  async run(ctx, { name }): Promise<VariableRecord> {
    const variable = await find(ctx, name)
    ctx.em.remove(variable)
    ctx.emit(events.deleted(ctx, variable))
    return variable
  },
})

export const findVariableByName = query('variable.find-by-name', {
  input: z.object({ name: z.string() }),
  needs: 'variable:read',
  run: (ctx, { name }): Promise<VariableRecord> => find(ctx, name),
})

export const listVariables = query('variable.list', {
  input: z.object(pageInput),
  needs: 'variable:read',
  async run(ctx, page) {
    const list = { entity: Variable, where: [] }
    return {
      page: await readPage<VariableRecord>(ctx.read, { ...list, orderBy: [['name', 'asc']], ...page }),
      count: () => countUpTo(ctx.read, list),
    }
  },
})

async function find(ctx: Ctx, name: string) {
  const variable = await ctx.em.findOne(Variable, { name })
  if (!variable) throw notFound('Variable', name)
  return variable
}
