import { z } from 'zod'
import { instantSchema, isJsonObject, isUuidAsKept, jsonObject, uuid } from '../../kernel/inputs.ts'

const labels = z.record(z.string(), z.string())

/** An event from outside. */
export const newEvent = z.object({
  id: uuid,
  occurred: instantSchema,
  event: z.string().min(1),
  resource: labels.refine(resource => Boolean(resource['prefect.resource.id']), 'needs the label prefect.resource.id'),
  related: z.array(labels).default([]),
  payload: jsonObject.default({}),
  follows: uuid.nullish(),
})

/** Whether `newEvent` would answer it as it is. They come by the thousand, and the schema copies each. */
export const isNewEvent = (given: unknown): boolean =>
  isJsonObject(given) &&
  isUuidAsKept(given['id']) &&
  Number.isSafeInteger(given['occurred']) &&
  typeof given['event'] === 'string' &&
  given['event'] !== '' &&
  isLabels(given['resource']) &&
  Boolean(given['resource']['prefect.resource.id']) &&
  Array.isArray(given['related']) &&
  given['related'].every(isLabels) &&
  isJsonObject(given['payload']) &&
  (given['follows'] === null || isUuidAsKept(given['follows']))

function isLabels(value: unknown): value is Record<string, string> {
  if (!isJsonObject(value)) return false
  for (const label of Object.values(value)) if (typeof label !== 'string') return false
  return true
}
