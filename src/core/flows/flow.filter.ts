import { z } from 'zod'
import { type Condition, containing, havingAll, oneOf, startingWith } from '../../kernel/filters.ts'
import { uuid, uuidPrefix } from '../../kernel/inputs.ts'

/** Which flows are meant. Parts are joined by "and"; inside a list any one is enough, but a flow must carry all the tags. */
export const flowFilter = z.object({
  ids: z.array(uuid).nullish(),
  idPrefix: uuidPrefix.nullish(),
  names: z.array(z.string()).nullish(),
  nameContains: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
})

export type FlowFilter = z.output<typeof flowFilter>

export const flowConditions = (filter: FlowFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...startingWith('id', filter?.idPrefix ? [filter.idPrefix] : null),
  ...oneOf('name', filter?.names),
  ...containing('name', filter?.nameContains),
  ...havingAll('tags', filter?.tags),
]
