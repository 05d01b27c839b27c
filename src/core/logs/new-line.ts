import { z } from 'zod'
import { instantSchema, isJsonObject, isUuidAsKept, uuid } from '../../kernel/inputs.ts'

export const newLine = z.object({
  name: z.string(),
  level: z.int(),
  message: z.string(),
  timestamp: instantSchema,
  flowRunId: uuid.nullish(),
  taskRunId: uuid.nullish(),
})

/** Whether `newLine` would answer it as it is. They come 200 at a time, and the schema copies each. */
export const isNewLine = (given: unknown): boolean =>
  isJsonObject(given) &&
  typeof given['name'] === 'string' &&
  Number.isSafeInteger(given['level']) &&
  typeof given['message'] === 'string' &&
  Number.isSafeInteger(given['timestamp']) &&
  (given['flowRunId'] === null || isUuidAsKept(given['flowRunId'])) &&
  (given['taskRunId'] === null || isUuidAsKept(given['taskRunId']))
