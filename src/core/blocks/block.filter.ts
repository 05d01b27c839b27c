import { z } from 'zod'
import { type Condition, containing, havingAll, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { BlockSchema } from './block-schema.entity.ts'
import { BlockType } from './block-type.entity.ts'

/** Which types are meant. Parts are joined by "and". */
export const blockTypeFilter = z.object({
  ids: z.array(uuid).nullish(),
  slugs: z.array(z.string()).nullish(),
  nameContains: z.string().nullish(),
  /** That some schema of the type has all of. */
  capabilities: z.array(z.string()).nullish(),
})

export const blockTypeConditions = (filter: z.output<typeof blockTypeFilter> | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('slug', filter?.slugs),
  ...containing('name', filter?.nameContains),
  ...(filter?.capabilities?.length
    ? [{ is: 'referredBy', entity: BlockSchema, property: 'blockTypeId', where: havingAll('capabilities', filter.capabilities) } as const]
    : []),
]

/** Which schemas are meant. Parts are joined by "and". */
export const blockSchemaFilter = z.object({
  ids: z.array(uuid).nullish(),
  blockTypeIds: z.array(uuid).nullish(),
  capabilities: z.array(z.string()).nullish(),
})

export const blockSchemaConditions = (filter: z.output<typeof blockSchemaFilter> | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('blockTypeId', filter?.blockTypeIds),
  ...havingAll('capabilities', filter?.capabilities),
]

/** Which documents are meant. Parts are joined by "and". */
export const blockDocumentFilter = z.object({
  ids: z.array(uuid).nullish(),
  names: z.array(z.string()).nullish(),
  nameContains: z.string().nullish(),
  blockTypeIds: z.array(uuid).nullish(),
  blockTypeSlugs: z.array(z.string()).nullish(),
  /** That the document's schema has all of. */
  capabilities: z.array(z.string()).nullish(),
  /** Null or left out: both. */
  isAnonymous: z.boolean().nullish(),
})

export type BlockDocumentFilter = z.output<typeof blockDocumentFilter>

export const blockDocumentConditions = (filter: BlockDocumentFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...oneOf('name', filter?.names),
  ...containing('name', filter?.nameContains),
  ...oneOf('blockTypeId', filter?.blockTypeIds),
  ...(filter?.blockTypeSlugs ? [ofType(oneOf('slug', filter.blockTypeSlugs))] : []),
  ...(filter?.capabilities?.length ? [ofSchema(havingAll('capabilities', filter.capabilities))] : []),
  ...oneOf('isAnonymous', typeof filter?.isAnonymous === 'boolean' ? [filter.isAnonymous] : null),
]

export const ofType = (where: readonly Condition[]): Condition => ({
  is: 'related',
  property: 'blockTypeId',
  entity: BlockType,
  as: 'blockType',
  where,
})

export const ofSchema = (where: readonly Condition[]): Condition => ({
  is: 'related',
  property: 'blockSchemaId',
  entity: BlockSchema,
  as: 'blockSchema',
  where,
})
