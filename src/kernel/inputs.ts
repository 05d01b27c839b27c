import { z } from 'zod'
import { type Instant, parseInstant } from './clock.ts'

/** An id in its one spelling: databases differ in whether they would keep another. */
export const uuid = z.uuid().toLowerCase()

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

/** What of a change is given: doors pass what was left out as undefined. */
export const present = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [Key in keyof T]-?: Exclude<T[Key], undefined> }
