import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import { atLeast, atMost, type Condition, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { ALL_TIME, bucketOf, isBorder, scopes } from '../rollups/index.ts'
import { stateTypes as allStateTypes } from '../states/index.ts'
import type { FlowRunFilter } from './flow-run.filter.ts'

/** What roll-ups can tell apart beside kinds of states and quarters of an hour. */
export const flowRunCountFilter = z.object({
  flowIds: z.array(uuid).nullish(),
  tag: z.string().nullish(),
  isSubflow: z.boolean().nullish(),
})

export type FlowRunCountFilter = z.output<typeof flowRunCountFilter>

interface Grouping {
  /** The counters of each flow are wanted, not those of all together. */
  readonly isByFlow?: boolean
}

/** The runs that were expected in a stretch of time; both its ends are borders of quarters of an hour. */
export const countedBetween = (
  filter: (FlowRunCountFilter & Pick<FlowRunFilter, 'stateTypes'>) | null | undefined,
  start: Instant,
  end: Instant,
  grouping?: Grouping,
): Condition[] => countedConditions({ ...asRunFilter(filter), expectedStartTimeAfter: start, expectedStartTimeBefore: end - 1 }, grouping)!

/** The same runs by the filter of lists. */
export const asRunFilter = (filter: FlowRunCountFilter | null | undefined): FlowRunFilter => {
  const { tag, ...other } = filter ?? {}
  return { ...other, tags: typeof tag === 'string' ? [tag] : null }
}

/**
 * The same runs by the roll-ups; undefined where those do not know them: they know flows, one tag, kinds of states, subflows, and expected starts from one
 * quarter of an hour to the last microsecond of another.
 */
export function countedConditions(filter: FlowRunFilter | null | undefined, { isByFlow = false }: Grouping = {}): Condition[] | undefined {
  const { flowIds, tags, stateTypes, isSubflow, expectedStartTimeAfter: after, expectedStartTimeBefore: before, ...other } = filter ?? {}
  if (tags && tags.length > 1) return undefined
  if (Object.values(other).some(value => value !== null && value !== undefined)) return undefined
  if (isGiven(after) && !isBorder(after)) return undefined
  if (isGiven(before) && !isBorder(before + 1)) return undefined
  const isBounded = isGiven(after) || isGiven(before)
  return [
    ...oneOf('scope', [tags?.[0] !== undefined ? scopes.ofTag(tags[0]) : flowIds || isByFlow ? scopes.byFlow : scopes.all]),
    ...(isBounded
      ? // A run without a state has no expected start, and is sorted by its creation.
        [
          ...atLeast('bucket', isGiven(after) ? bucketOf(after) : 0),
          ...atMost('bucket', isGiven(before) ? bucketOf(before) : null),
          ...oneOf('stateType', stateTypes ?? allStateTypes),
        ]
      : [...oneOf('bucket', [ALL_TIME]), ...oneOf('stateType', stateTypes)]),
    ...oneOf('flowId', flowIds),
    ...(typeof isSubflow === 'boolean' ? oneOf('isSubflow', [isSubflow]) : []),
  ]
}

const isGiven = (moment: number | null | undefined): moment is number => moment !== null && moment !== undefined
