import { z } from 'zod'
import { type Instant, toIso, toSeconds } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'

/** How the peer spells things: snake case, ISO times, seconds. */
export const time = (instant: Instant | null): string | null => (instant === null ? null : toIso(instant))

export const secondsOf = (duration: number): number => toSeconds(duration)

/** The peer takes a missing value and null for the same. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish()

const idInPath = z.object({ id: uuid.toLowerCase() })

/** The id in a path. What is no id names nothing, as at the peer. */
export function idParameter(parameters: unknown): { readonly id: string } {
  const { data } = idInPath.safeParse(parameters)
  if (!data) throw new AppError('NOT_FOUND', 'Not Found')
  return data
}

/** `name` → default when absent or null. */
export const orDefault = <Schema extends z.ZodType>(schema: Schema, fallback: () => z.output<Schema>) =>
  schema.nullish().transform(value => (value === null || value === undefined ? fallback() : value))

/** A refusal in the peer's plain shape, `{"detail": …}`. */
export const refuse = (statusCode: number, detail: string): Error => Object.assign(new Error(detail), { statusCode })
