import { z } from 'zod'
import { BlockSchema, ofSchema, ofType } from '../../../core/blocks/index.ts'
import { type Condition, containing, havingAll, oneOf } from '../../../kernel/filters.ts'
import { filterOf, flag, ids, namePart, part, texts } from './parts.ts'

const anyOf = (property: string, values: typeof ids | typeof texts = ids) => part({ any_: values }, ({ any_ }) => [oneOf(property, any_)])

const typeFilter = filterOf({
  name: part({ like_: z.string().nullish() }, ({ like_ }) => [containing('name', like_)]),
  slug: anyOf('slug', texts),
})

export const blockSchemaFilter = filterOf({
  id: anyOf('id'),
  block_type_id: anyOf('blockTypeId'),
  version: anyOf('version', texts),
  block_capabilities: part({ all_: texts }, ({ all_ }) => [havingAll('capabilities', all_)]),
})

/** Those that programs have made for themselves are left out unless they are asked for. */
const documentFilter = z.preprocess(
  asked => (typeof asked === 'object' && asked !== null && !('is_anonymous' in asked) ? { ...asked, is_anonymous: { eq_: false } } : asked),
  filterOf({
    id: anyOf('id'),
    block_type_id: anyOf('blockTypeId'),
    name: namePart,
    is_anonymous: part({ eq_: flag }, ({ eq_ }) => [oneOf('isAnonymous', typeof eq_ === 'boolean' ? [eq_] : null)]),
  }),
)

type Meaning = readonly Condition[] | null | undefined
const only = (where: Meaning, condition: (where: readonly Condition[]) => Condition): Condition[] => (where ? [condition(where)] : [])

/** What a list of documents is asked by: about themselves, their types and their schemas. */
export const blockDocumentsAsked = z
  .object({
    block_documents: documentFilter.nullish().transform(where => where ?? oneOf('isAnonymous', [false])),
    block_types: typeFilter.nullish(),
    block_schemas: blockSchemaFilter.nullish(),
  })
  .transform(({ block_documents, block_types, block_schemas }): readonly Condition[] => [
    ...block_documents,
    ...only(block_types, ofType),
    ...only(block_schemas, ofSchema),
  ])

export const blockTypesAsked = z
  .object({ block_types: typeFilter.nullish(), block_schemas: blockSchemaFilter.nullish() })
  .transform(({ block_types, block_schemas }): readonly Condition[] => [
    ...(block_types ?? []),
    ...only(block_schemas, where => ({ is: 'referredBy', entity: BlockSchema, property: 'blockTypeId', where })),
  ])
