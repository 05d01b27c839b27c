import { z } from 'zod'
import {
  always,
  atLeast,
  atMost,
  type Condition,
  containing,
  havingAll,
  havingAny,
  missing,
  never,
  noneOf,
  oneOf,
} from '../../../kernel/filters.ts'
import { instantText } from '../../../kernel/inputs.ts'

/** What a part of the peer's filters means in conditions; a part that asks nothing is met by all. */
type Meaning = readonly Condition[]

const operator = z.enum(['and_', 'or_']).default('and_')
type Operator = z.output<typeof operator>

/** A part whose criteria are all to be met. Unknown keys are refused, as the peer does. */
export const part = <Shape extends z.ZodRawShape>(shape: Shape, meanings: (given: z.output<z.ZodObject<Shape>>) => readonly Meaning[]) =>
  z.strictObject(shape).transform((given): Meaning => meanings(given as never).flat())

/** A part that says by `operator` whether all of its criteria or any of them are to be met. Only criteria that were given count. */
export const joined = <Shape extends z.ZodRawShape>(shape: Shape, meanings: (given: z.output<z.ZodObject<Shape>>) => readonly Meaning[]) =>
  z.strictObject({ ...shape, operator }).transform((given): Meaning => {
    const parts = meanings(given as never).filter(conditions => conditions.length > 0)
    const { operator } = given as unknown as { readonly operator: Operator }
    return operator === 'or_' && parts.length > 1 ? [{ is: 'anyOf', of: parts }] : parts.flat()
  })

/** A whole filter: its parts by name, as in `{name: {any_: […]}, operator: "or_"}`. One that is there and asks nothing is met by all, which counts in an "or". */
export const filterOf = <Parts extends Record<string, z.ZodType<Meaning>>>(parts: Parts) =>
  z
    .strictObject({ ...(optionals(parts) as { [Key in keyof Parts]: z.ZodOptional<z.ZodNullable<z.ZodType<Meaning>>> }), operator })
    .transform((given): Meaning => {
      const { operator, ...rest } = given as { readonly operator: Operator } & Record<string, Meaning | null | undefined>
      const meanings = Object.values(rest).filter(meaning => meaning !== null && meaning !== undefined)
      return operator === 'or_' && meanings.length > 1 ? [{ is: 'anyOf', of: meanings }] : meanings.flat()
    })

const optionals = (parts: Record<string, z.ZodType>) =>
  Object.fromEntries(Object.entries(parts).map(([name, schema]) => [name, schema.nullish()]))

/** Any spelling of an id, of whatever version: one that nothing has is no mistake. */
export const ids = z.array(z.guid().toLowerCase()).nullish()
export const texts = z.array(z.string()).nullish()
export const flag = z.boolean().nullish()
const time = instantText.nullish()

/** The peer does not count an empty list of exclusions; what has no value is excluded with the rest. */
export const noneOfThese = (property: string, values: readonly string[] | null | undefined): Meaning =>
  values?.length ? [...noneOf(property, values), ...missing(property, false)] : []

export const idPart = part({ any_: ids, not_any_: ids }, given => [oneOf('id', given.any_), noneOfThese('id', given.not_any_)])
export const namePart = part({ any_: texts, like_: z.string().nullish() }, given => [
  oneOf('name', given.any_),
  containing('name', given.like_),
])

const empty = (property: string, isEmpty: boolean | null | undefined): Meaning =>
  typeof isEmpty === 'boolean' ? [{ is: 'empty', property, isEmpty }] : []

export const tagsPart = joined({ all_: texts, any_: texts, is_null_: flag }, given => [
  havingAll('tags', given.all_),
  havingAny('tags', given.any_),
  empty('tags', given.is_null_),
])
export const allTagsPart = joined({ all_: texts, is_null_: flag }, given => [havingAll('tags', given.all_), empty('tags', given.is_null_)])

export const referencePart = (property: string) =>
  joined({ any_: ids, is_null_: flag }, given => [oneOf(property, given.any_), missing(property, given.is_null_)])

export const timePart = (property: string) =>
  part({ before_: time, after_: time }, given => [atMost(property, given.before_), atLeast(property, given.after_)])

/** `otherwise`: what counts where there is no such time yet. */
export const nullableTimePart = (property: string, otherwise?: string) =>
  part({ before_: time, after_: time, is_null_: flag }, given => [
    orElse(atMost(property, given.before_), otherwise),
    orElse(atLeast(property, given.after_), otherwise),
    missing(property, given.is_null_),
  ])

const orElse = (conditions: Meaning, otherwise: string | undefined): Meaning =>
  otherwise === undefined ? conditions : conditions.map(condition => ({ ...condition, otherwise }) as Condition)

/** Criteria on a concept that this server does not have yet: nothing has one of any name or id, and everything is without. */
export const absent = ({ any_, is_null_ }: { any_?: unknown; is_null_?: boolean | null | undefined }): readonly Meaning[] => [
  any_ === null || any_ === undefined ? [] : [never],
  is_null_ === null || is_null_ === undefined ? [] : [is_null_ ? always : never],
]
