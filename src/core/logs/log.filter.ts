import { z } from 'zod'
import { atLeast, atMost, type Condition, containing, oneOf } from '../../kernel/filters.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'

/** Which lines are meant. Levels are Python's: 10 debug, 20 info, 30 warning, 40 error, 50 critical. */
export const logFilter = z.object({
  flowRunIds: z.array(uuid).nullish(),
  taskRunIds: z.array(uuid).nullish(),
  /** Of these loggers. */
  names: z.array(z.string()).nullish(),
  levelAtLeast: z.int().nullish(),
  levelAtMost: z.int().nullish(),
  timestampAfter: instantSchema.nullish(),
  timestampBefore: instantSchema.nullish(),
  textContains: z.string().nullish(),
})

export type LogFilter = z.output<typeof logFilter>

export const logConditions = (filter: LogFilter | null | undefined): Condition[] => [
  ...oneOf('flowRunId', filter?.flowRunIds),
  ...oneOf('taskRunId', filter?.taskRunIds),
  ...oneOf('name', filter?.names),
  ...atLeast('level', filter?.levelAtLeast),
  ...atMost('level', filter?.levelAtMost),
  ...atLeast('timestamp', filter?.timestampAfter),
  ...atMost('timestamp', filter?.timestampBefore),
  ...containing('message', filter?.textContains),
]
