import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { alsoInput, by, countInput, countUpTo, mostCounted, pageInput, readPage, sliceInput } from '../../kernel/paging.ts'
import type { Order } from '../../kernel/storage.ts'
import { Variable, type VariableRecord } from './variable.entity.ts'
import { variableConditions, variableFilter } from './variable.filter.ts'

const filterInput = z.object({ filter: variableFilter.nullish() })

/** By name. */
export const listVariables = query('variable.list', {
  input: filterInput.extend(pageInput),
  needs: 'variable:read',
  run: (ctx, { filter, ...page }) =>
    readPage<VariableRecord>(ctx.read, {
      entity: Variable,
      where: variableConditions(filter),
      orderBy: [['name', 'asc']],
      ...page,
    }),
})

export const countVariables = query('variable.count', {
  input: filterInput.extend(countInput),
  needs: 'variable:read',
  run: (ctx, { filter, also = [], countAll }) =>
    countUpTo(ctx.read, { entity: Variable, where: [...variableConditions(filter), ...also] }, mostCounted(countAll)),
})

const orders = {
  CREATED_DESC: by('created', 'desc'),
  UPDATED_DESC: by('updated', 'desc'),
  NAME_DESC: [['name', 'desc']],
  NAME_ASC: [['name', 'asc']],
} as const satisfies Record<string, readonly Order[]>

export const variableSliceOrders = Object.keys(orders) as (keyof typeof orders)[]

/** Counted from the start of an order. */
export const sliceVariables = query('variable.slice', {
  input: filterInput.extend({ ...sliceInput, ...alsoInput, orderBy: z.enum(variableSliceOrders).default('NAME_ASC') }),
  needs: 'variable:read',
  run: async (ctx, { limit, offset, orderBy, filter, also = [] }) =>
    (await ctx.read.select({
      entity: Variable,
      where: [...variableConditions(filter), ...also],
      orderBy: orders[orderBy],
      limit,
      offset,
    })) as unknown as VariableRecord[],
})
