import { z } from 'zod'
import { type Condition, containing, havingAll, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'

/** Which variables are meant. Parts are joined by "and"; a variable must carry all the tags. */
export const variableFilter = z.object({
  ids: z.array(uuid).nullish(),
  names: z.array(z.string()).nullish(),
  nameContains: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
})

export type VariableFilter = z.output<typeof variableFilter>

export const variableConditions = (filter: VariableFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('name', filter?.names),
  ...containing('name', filter?.nameContains),
  ...havingAll('tags', filter?.tags),
]
