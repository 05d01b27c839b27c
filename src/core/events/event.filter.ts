import { z } from 'zod'
import { type LogEvent, resourceIdOf } from '../../kernel/event-log.ts'
import { atLeast, atMost, type Condition, oneOf, startingWith } from '../../kernel/filters.ts'
import { instantSchema, uuid } from '../../kernel/inputs.ts'

/** Which events are meant. Names and prefixes are alternatives to each other; so are resource ids and their prefixes. */
export const eventFilter = z.object({
  ids: z.array(uuid).nullish(),
  names: z.array(z.string()).nullish(),
  namePrefixes: z.array(z.string()).nullish(),
  resourceIds: z.array(z.string()).nullish(),
  resourceIdPrefixes: z.array(z.string()).nullish(),
  occurredAfter: instantSchema.nullish(),
  occurredBefore: instantSchema.nullish(),
})

/** How the ids of task runs begin as resources. */
export const TASK_RUN = 'prefect.task-run.'

export type EventFilter = z.output<typeof eventFilter>

export const eventConditions = (filter: EventFilter | null | undefined): Condition[] => [
  ...withoutTaskRuns(filter),
  ...oneOf('id', filter?.ids),
  ...either('event', filter?.names, filter?.namePrefixes),
  ...either('resourceId', filter?.resourceIds, filter?.resourceIdPrefixes),
  ...atLeast('occurred', filter?.occurredAfter),
  ...atMost('occurred', filter?.occurredBefore),
]

/**
 * Task runs have more events than everything else together: who asks of other things is told so by an index that leaves them out. Where one kind of thing is
 * asked for, the index by resource leads there sooner.
 */
const withoutTaskRuns = (filter: EventFilter | null | undefined): Condition[] => {
  const prefixes = filter?.resourceIdPrefixes ?? []
  const isOfTaskRuns = (prefix: string) => prefix.startsWith(TASK_RUN) || TASK_RUN.startsWith(prefix)
  if (prefixes.length < 2 || filter?.resourceIds || prefixes.some(isOfTaskRuns)) return []
  return [{ is: 'outside', property: 'resourceId', prefix: TASK_RUN }]
}

function either(
  property: string,
  values: readonly string[] | null | undefined,
  prefixes: readonly string[] | null | undefined,
): Condition[] {
  if (!values || !prefixes) return [...oneOf(property, values), ...startingWith(property, prefixes)]
  return [{ is: 'anyOf', of: [oneOf(property, values), startingWith(property, prefixes)] }]
}

/** An event of the log as the filter sees it. */
export const eventSubject = (event: LogEvent) => ({ ...event, resourceId: resourceIdOf(event) })
