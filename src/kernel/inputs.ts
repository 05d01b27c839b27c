import { z } from 'zod'
import { type Instant, parseInstant } from './clock.ts'

/** An id in its one spelling: databases differ in whether they would keep another. */
export const uuid = z.uuid().toLowerCase()

const LEAST_ID_DIGITS = 8

/**
 * The beginning of an id, with or without hyphens, in the spelling of ids. A UUIDv7 begins with its time: by the first 8 digits it is one of those made within
 * 65 seconds, by fewer it is one of nearly all.
 */
export const uuidPrefix = z.string().transform((text, context): string => {
  const digits = text.replaceAll('-', '').toLowerCase()
  if (/^[0-9a-f]+$/.test(digits) && digits.length >= LEAST_ID_DIGITS && digits.length <= 32)
    return digits.replace(/^(.{8})(.{0,4})(.{0,4})(.{0,4})(.*)$/, (_, ...groups) => groups.slice(0, 5).filter(Boolean).join('-'))
  context.addIssue({ code: 'custom', message: `is not the beginning of an id: ${LEAST_ID_DIGITS} to 32 hexadecimal digits, hyphens aside` })
  return z.NEVER
})

/** A moment in an operation's input: microseconds since the epoch. Doors read texts with `instantText`. */
export const instantSchema = z.int()

/** ISO-8601 with up to microseconds; without an offset it is UTC. */
export const instantText = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'is not an ISO-8601 time such as 2026-11-25T13:00:00Z' })
  return z.NEVER
})

/** A name that can stand in an address as it is. The peer refuses these signs too. */
export const addressableName = z
  .string()
  .min(1, 'must not be empty')
  .regex(/^[^/%&<>]*$/, 'must not contain any of / % & < >')

export const jsonObject = z.record(z.string(), z.unknown())

/** Whether zod would answer this very object for a `jsonObject`: told without copying it. */
export const isJsonObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, '__proto__')) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const anyOfRfc = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether `uuid` would leave it as it is. */
export const isUuidAsKept = (value: unknown): value is string => typeof value === 'string' && anyOfRfc.test(value)

/** What of a change is given: doors pass what was left out as undefined. */
export function present<T extends object>(given: T) {
  const kept: Partial<T> = {}
  for (const key of Object.keys(given) as (keyof T)[]) if (given[key] !== undefined) kept[key] = given[key]
  return kept as { [Key in keyof T]-?: Exclude<T[Key], undefined> }
}
