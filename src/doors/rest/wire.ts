import { z } from 'zod'
import { type Instant, toIso, toSeconds } from '../../kernel/clock.ts'

/** How the peer spells things: snake case, ISO times, seconds. */
export const time = (instant: Instant | null): string | null => (instant === null ? null : toIso(instant))

export const secondsOf = (duration: number): number => toSeconds(duration)

/** The peer takes a missing value and null for the same. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish()

export const idParameter = z.object({ id: z.uuid() })

/** `name` → default when absent or null. */
export const orDefault = <Schema extends z.ZodType>(schema: Schema, fallback: () => z.output<Schema>) =>
  schema.nullish().transform(value => (value === null || value === undefined ? fallback() : value))
