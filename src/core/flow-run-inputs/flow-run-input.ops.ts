import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { mutation, query } from '../../kernel/operation.ts'
import { sliceInput } from '../../kernel/paging.ts'
import { findFlowRun } from '../flow-runs/index.ts'
import { FlowRunInput, type FlowRunInputRecord } from './flow-run-input.entity.ts'

/** NOT_FOUND without the run, CONFLICT when the key is taken: an input is never written over. */
export const createFlowRunInput = mutation('flow-run-input.create', {
  input: z.object({ flowRunId: uuid, key: z.string().min(1), value: z.string(), sender: z.string().nullish() }),
  needs: 'flow-run:write',
  async run(ctx, { sender = null, ...input }): Promise<FlowRunInputRecord> {
    await findFlowRun(ctx, { id: input.flowRunId })
    if (await ctx.em.count(FlowRunInput, { flowRunId: input.flowRunId, key: input.key })) {
      throw conflict('A flow run input with this key already exists.', { key: input.key })
    }
    const now = ctx.clock.now()
    const own = { id: ctx.ids.uuid(), workspaceId: ctx.workspace.id, sender, created: now, updated: now }
    return ctx.em.create(FlowRunInput, { ...input, ...own })
  },
})

/** Inputs of a run in the order they came. */
export const listFlowRunInputs = query('flow-run-input.list', {
  input: z.object({ flowRunId: uuid, prefix: z.string(), exclude: z.array(z.string()).default([]), limit: sliceInput.limit }),
  needs: 'flow-run:read',
  run: async (ctx, { flowRunId, prefix, exclude, limit }) =>
    (await ctx.read.select({
      entity: FlowRunInput,
      where: [
        { is: 'oneOf', property: 'flowRunId', values: [flowRunId] },
        { is: 'startingWith', property: 'key', prefixes: [prefix] },
        { is: 'noneOf', property: 'key', values: exclude },
      ],
      orderBy: [
        ['created', 'asc'],
        ['id', 'asc'],
      ],
      limit,
    })) as unknown as FlowRunInputRecord[],
})

const oneInput = z.object({ flowRunId: uuid, key: z.string() })

export const findFlowRunInput = query('flow-run-input.find', {
  input: oneInput,
  needs: 'flow-run:read',
  run: (ctx, input): Promise<FlowRunInputRecord> => find(ctx, input),
})

export const deleteFlowRunInput = mutation('flow-run-input.delete', {
  input: oneInput,
  needs: 'flow-run:write',
  async run(ctx, input): Promise<FlowRunInputRecord> {
    const found = await find(ctx, input)
    ctx.em.remove(found)
    return found
  },
})

async function find(ctx: Ctx, { flowRunId, key }: z.output<typeof oneInput>) {
  const found = await ctx.em.findOne(FlowRunInput, { flowRunId, key })
  if (!found) throw notFound('Flow run input', key)
  return found
}
