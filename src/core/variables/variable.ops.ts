import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { changeEvents } from '../events/index.ts'
import { Variable, type VariableRecord } from './variable.entity.ts'

const events = changeEvents('variable')

const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-z0-9_-]+$/, 'must only contain lowercase letters, numbers, and dashes or underscores')
const tags = z.array(z.string())
const LARGEST_VALUE_BYTES = 5000
const value = z
  .json()
  .refine(json => Buffer.byteLength(JSON.stringify(json)) <= LARGEST_VALUE_BYTES, `must be at most ${LARGEST_VALUE_BYTES} bytes of JSON`)

/** One variable, by its id or else by its name. */
const which = { id: uuid.optional(), name: z.string().optional() }

export const createVariable = mutation('variable.create', {
  input: z.object({ name, value, tags: tags.default([]) }),
  needs: 'variable:write',
  async run(ctx, input): Promise<VariableRecord> {
    await refuseTaken(ctx, input.name)
    const now = ctx.clock.now()
    const variable = ctx.em.create(Variable, { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, ...input, created: now, updated: now })
    ctx.emit(events.created(ctx, variable))
    return variable
  },
})

export const updateVariable = mutation('variable.update', {
  input: z.object({ ...which, change: z.object({ name: name.optional(), value: value.optional(), tags: tags.optional() }) }),
  needs: 'variable:write',
  async run(ctx, { change, ...which }): Promise<VariableRecord> {
    const variable = await find(ctx, which)
    if (change.name !== undefined && change.name !== variable.name) await refuseTaken(ctx, change.name)
    if (change.name !== undefined) variable.name = change.name
    if (change.value !== undefined) variable.value = change.value
    if (change.tags !== undefined) variable.tags = change.tags
    variable.updated = ctx.clock.now()
    ctx.emit(events.updated(ctx, variable))
    return variable
  },
})

export const deleteVariable = mutation('variable.delete', {
  input: z.object(which),
  needs: 'variable:write',
  async run(ctx, which): Promise<VariableRecord> {
    const variable = await find(ctx, which)
    ctx.em.remove(variable)
    ctx.emit(events.deleted(ctx, variable))
    return variable
  },
})

export const findVariable = query('variable.find', {
  input: z.object(which),
  needs: 'variable:read',
  run: (ctx, which): Promise<VariableRecord> => find(ctx, which),
})

async function find(ctx: Ctx, { id, name }: { readonly id?: string | undefined; readonly name?: string | undefined }) {
  const variable = await ctx.em.findOne(Variable, id === undefined ? { name: name ?? '' } : { id })
  if (!variable) throw notFound('Variable', id ?? name ?? '')
  return variable
}

async function refuseTaken(ctx: Ctx, name: string): Promise<void> {
  if (await ctx.em.count(Variable, { name })) throw conflict(`A variable ${name} exists already.`, { name })
}
