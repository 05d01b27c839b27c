import { atLeast, atMost, type Condition, noneOf, oneOf } from '../../kernel/filters.ts'
import { ALL_TIME, bucketOf, isBorder, NO_STATE } from '../rollups/index.ts'
import type { FlowRunFilter } from './flow-run.filter.ts'

/**
 * The same runs by the roll-ups; undefined where those do not know them: they know flows, kinds of states and expected starts from one quarter of an hour
 * to the last microsecond of another.
 */
export function countedConditions(filter: FlowRunFilter | null | undefined): Condition[] | undefined {
  const { flowIds, stateTypes, expectedStartTimeAfter: after, expectedStartTimeBefore: before, ...other } = filter ?? {}
  if (Object.values(other).some(value => value !== null && value !== undefined)) return undefined
  if (isGiven(after) && !isBorder(after)) return undefined
  if (isGiven(before) && !isBorder(before + 1)) return undefined
  const isBounded = isGiven(after) || isGiven(before)
  return [
    ...(isBounded
      ? // A run without a state has no expected start, and is sorted by its creation.
        [
          ...atLeast('bucket', isGiven(after) ? bucketOf(after) : 0),
          ...atMost('bucket', isGiven(before) ? bucketOf(before) : null),
          ...noneOf('stateType', [NO_STATE]),
        ]
      : oneOf('bucket', [ALL_TIME])),
    ...oneOf('flowId', flowIds),
    ...oneOf('stateType', stateTypes),
  ]
}

const isGiven = (moment: number | null | undefined): moment is number => moment !== null && moment !== undefined
