import { z } from 'zod'
import { parseInstant } from '../../kernel/clock.ts'
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

/** A frame of `/events/in`: read without a schema, since each costs. What stands the same on both sides is left to the operation, which looks at it anyway. */
export function eventInFrame(text: string): z.output<typeof wireEvent> | undefined {
  try {
    const { id, occurred, event, resource, related, payload, follows } = JSON.parse(text)
    const moment = typeof occurred === 'string' ? parseInstant(occurred) : undefined
    if (moment === undefined) return undefined
    return { id, occurred: moment, event, resource, related: related ?? [], payload: payload ?? {}, follows: follows ?? null }
  } catch {
    return undefined
  }
}

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
