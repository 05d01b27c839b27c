import { z } from 'zod'
import { type Instant, parseInstant } from './clock.ts'

/** A moment in an operation's input: microseconds since the epoch. Doors read texts with `instantText`. */
export const instantSchema = z.int()

/** ISO-8601 with up to microseconds; without an offset it is UTC. */
export const instantText = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'is not an ISO-8601 time such as 2026-11-25T13:00:00Z' })
  return z.NEVER
})

export const jsonObject = z.record(z.string(), z.unknown())
