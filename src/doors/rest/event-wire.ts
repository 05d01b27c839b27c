import { z } from 'zod'
import type { LogEvent } from '../../kernel/event-log.ts'
import { instantText, uuid } from '../../kernel/inputs.ts'
import { time } from './wire.ts'

/** An event as the SDK sends it. */
export const wireEvent = z.object({
  id: uuid,
  occurred: instantText,
  event: z.string(),
  resource: z.record(z.string(), z.string()),
  related: z
    .array(z.record(z.string(), z.string()))
    .nullish()
    .transform(related => related ?? []),
  payload: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform(payload => payload ?? {}),
  follows: uuid.nullish(),
})

/** The same where each costs: what stands the same on both sides is left to the operation, which looks at it anyway. */
export const eventFrame = z.object({
  id: z.unknown(),
  occurred: instantText,
  event: z.unknown(),
  resource: z.unknown(),
  related: z
    .unknown()
    .optional()
    .transform(related => related ?? []),
  payload: z
    .unknown()
    .optional()
    .transform(payload => payload ?? {}),
  follows: z.unknown().optional(),
})

export const eventToWire = (event: LogEvent) => ({
  id: event.id,
  occurred: time(event.occurred),
  received: time(event.received),
  event: event.event,
  resource: event.resource,
  related: event.related,
  payload: event.payload,
  follows: event.follows,
})
