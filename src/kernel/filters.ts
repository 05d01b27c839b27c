import type { EntityName } from '@mikro-orm/core'
import type { Instant } from './clock.ts'

/**
 * A condition on a record, as data. One list of them serves a query (storage turns it into SQL), a subscription (`matches` decides in memory),
 * a bulk mutation and an automation, so that all of them mean the same by the same filter.
 */
export type Condition =
  | { readonly is: 'oneOf'; readonly property: string; readonly values: readonly Scalar[] }
  | { readonly is: 'noneOf'; readonly property: string; readonly values: readonly Scalar[] }
  /** `otherwise`: the property that stands in where the first is missing. */
  | { readonly is: 'atLeast' | 'atMost'; readonly property: string; readonly otherwise?: string; readonly value: number | Instant }
  | { readonly is: 'containing'; readonly property: string; readonly text: string }
  | { readonly is: 'startingWith'; readonly property: string; readonly prefixes: readonly string[] }
  /** A text that does not begin so. It stands in the statement as it is, so that an index of the others serves it: only for the code's own words. */
  | { readonly is: 'outside'; readonly property: string; readonly prefix: string }
  | { readonly is: 'havingAll' | 'havingAny'; readonly property: string; readonly values: readonly string[] }
  | { readonly is: 'missing'; readonly property: string; readonly isMissing: boolean }
  /** An empty list or none. */
  | { readonly is: 'empty'; readonly property: string; readonly isEmpty: boolean }
  /** The text under a key of a JSON object. */
  | { readonly is: 'keyOneOf'; readonly property: string; readonly key: string; readonly values: readonly string[] }
  /** One of the label sets under `properties`, each of which holds a set or a list of them, passes all tests. */
  | { readonly is: 'labelled'; readonly properties: readonly string[]; readonly tests: readonly LabelTest[] }
  /** The record that `property` points at fulfils `where`. In memory it is looked up under the relation's name. */
  | {
      readonly is: 'related'
      readonly property: string
      readonly entity: EntityName
      readonly as: string
      readonly where: readonly Condition[]
    }
  /** Some record whose `property` points here fulfils `where`. For queries only: a subject in memory does not know who refers to it. */
  | { readonly is: 'referredBy'; readonly entity: EntityName; readonly property: string; readonly where: readonly Condition[] }
  | { readonly is: 'anyOf' | 'allOf' | 'neither'; readonly of: readonly (readonly Condition[])[] }

/** Passed by a label that fits one of the patterns. */
export interface LabelTest {
  readonly label: string
  readonly patterns: readonly LabelPattern[]
}

export interface LabelPattern {
  readonly text: string
  /** The label begins with the text, rather than being it. */
  readonly isPrefix: boolean
  /** It does not. One that is missing does not either. */
  readonly isNegated: boolean
}

export type Scalar = string | number | boolean

type Subject = Readonly<Record<string, unknown>>

/** Whether a record fulfils all conditions. `containing` ignores the case of ASCII letters, which is what all databases agree on. */
export const matches = (where: readonly Condition[], subject: Subject): boolean => where.every(condition => holds(condition, subject))

function holds(condition: Condition, subject: Subject): boolean {
  switch (condition.is) {
    case 'oneOf':
      return condition.values.includes(subject[condition.property] as Scalar)
    case 'noneOf':
      return !condition.values.includes(subject[condition.property] as Scalar)
    case 'atLeast':
      return numberOf(condition, subject) >= condition.value
    case 'atMost':
      return numberOf(condition, subject) <= condition.value
    case 'containing':
      return lower(textOf(subject[condition.property])).includes(lower(condition.text))
    case 'startingWith':
      return (
        isText(subject[condition.property]) && condition.prefixes.some(prefix => textOf(subject[condition.property]).startsWith(prefix))
      )
    case 'outside':
      return isText(subject[condition.property]) && !textOf(subject[condition.property]).startsWith(condition.prefix)
    case 'havingAll':
      return condition.values.every(value => listOf(subject[condition.property]).includes(value))
    case 'havingAny':
      return condition.values.some(value => listOf(subject[condition.property]).includes(value))
    case 'missing':
      return ((subject[condition.property] ?? null) === null) === condition.isMissing
    case 'empty':
      return (listOf(subject[condition.property]).length === 0) === condition.isEmpty
    case 'keyOneOf':
      return condition.values.includes((subject[condition.property] as Subject | null)?.[condition.key] as string)
    case 'labelled':
      return condition.properties.some(property =>
        labelSetsOf(subject[property]).some(labels => condition.tests.every(test => passes(test, labels))),
      )
    case 'referredBy':
      throw new Error('Who refers to a record is known to the database alone.')
    case 'related':
      return Boolean(subject[condition.as]) && matches(condition.where, subject[condition.as] as Subject)
    case 'anyOf':
      return condition.of.some(where => matches(where, subject))
    case 'allOf':
      return condition.of.every(where => matches(where, subject))
    case 'neither':
      return !condition.of.some(where => matches(where, subject))
  }
}

/** Not a number where there is none: it compares as false. */
function numberOf({ property, otherwise }: { readonly property: string; readonly otherwise?: string }, subject: Subject): number {
  const value = subject[property] ?? (otherwise === undefined ? null : subject[otherwise])
  return typeof value === 'number' ? value : Number.NaN
}
const lower = (text: string): string => text.replace(/[A-Z]/g, letter => letter.toLowerCase())
const labelSetsOf = (value: unknown): readonly Subject[] => (Array.isArray(value) ? value : value ? [value as Subject] : [])
const passes = ({ label, patterns }: LabelTest, labels: Subject): boolean =>
  patterns.some(({ text, isPrefix, isNegated }) => {
    const value = labels[label]
    const fits = isText(value) && (isPrefix ? value.startsWith(text) : value === text)
    return fits !== isNegated
  })
const isText = (value: unknown): value is string => typeof value === 'string'
/** Of JSON: as it is written. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' && value !== null ? JSON.stringify(value) : ''
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Builders that leave out what was not asked: a filter maps onto conditions in one readable list. */
export const oneOf = (property: string, values: readonly Scalar[] | null | undefined): Condition[] =>
  values ? [{ is: 'oneOf', property, values }] : []
export const noneOf = (property: string, values: readonly Scalar[] | null | undefined): Condition[] =>
  values ? [{ is: 'noneOf', property, values }] : []
export const atLeast = (property: string, value: number | null | undefined): Condition[] =>
  value === null || value === undefined ? [] : [{ is: 'atLeast', property, value }]
export const atMost = (property: string, value: number | null | undefined): Condition[] =>
  value === null || value === undefined ? [] : [{ is: 'atMost', property, value }]
export const containing = (property: string, text: string | null | undefined): Condition[] =>
  text ? [{ is: 'containing', property, text }] : []
export const startingWith = (property: string, prefixes: readonly string[] | null | undefined): Condition[] =>
  prefixes ? [{ is: 'startingWith', property, prefixes }] : []
export const havingAll = (property: string, values: readonly string[] | null | undefined): Condition[] =>
  values?.length ? [{ is: 'havingAll', property, values }] : []
export const havingAny = (property: string, values: readonly string[] | null | undefined): Condition[] =>
  values ? [{ is: 'havingAny', property, values }] : []
export const missing = (property: string, isMissing: boolean | null | undefined): Condition[] =>
  isMissing === null || isMissing === undefined ? [] : [{ is: 'missing', property, isMissing }]
/** Fulfilled by none, and by all. */
export const never: Condition = { is: 'anyOf', of: [] }
export const always: Condition = { is: 'allOf', of: [] }
