import { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import { atLeast, atMost, type Condition, noneOf, oneOf } from '../../kernel/filters.ts'
import { uuid } from '../../kernel/inputs.ts'
import { ALL_TIME, BLOCK, bucketOf, isBorder, NO_STATE, scopes } from '../rollups/index.ts'
import { stateTypes as allStateTypes, isTerminalType } from '../states/index.ts'
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
  /** Of blocks, which know only of runs that have ended. */
  readonly isInBlocks?: boolean
  /** The flows are few: their rows are sought by flow and not by kind. */
  readonly isOfFewFlows?: boolean
}

type Counted = (FlowRunCountFilter & Pick<FlowRunFilter, 'stateTypes'>) | null | undefined

/** The runs that were expected in a stretch of time; both its ends are borders of quarters of an hour. */
export const countedBetween = (filter: Counted, start: Instant, end: Instant, grouping?: Grouping): Condition[] =>
  countedConditions({ ...asRunFilter(filter), expectedStartTimeAfter: start, expectedStartTimeBefore: end - 1 }, grouping)!

/** The same by flow, in parts whose sums add up: what lies in whole blocks is read from those, so that a month is no more rows than a day or two. */
export function countedByFlowInParts(filter: Counted, start: Instant, end: Instant): Condition[][] {
  const [from, to] = [Math.ceil(start / BLOCK) * BLOCK, Math.floor(end / BLOCK) * BLOCK]
  const isByFlow = true
  if (from >= to) return [countedBetween(filter, start, end, { isByFlow })]
  const unended = (filter?.stateTypes ?? allStateTypes).filter(type => !isTerminalType(type))
  return [
    ...(start < from ? [countedBetween(filter, start, from, { isByFlow })] : []),
    countedBetween(filter, from, to, { isByFlow, isInBlocks: true }),
    ...(unended.length > 0 ? [countedBetween({ ...filter, stateTypes: unended }, from, to, { isByFlow })] : []),
    ...(to < end ? [countedBetween(filter, to, end, { isByFlow })] : []),
  ]
}

/** The same runs by the filter of lists. */
export const asRunFilter = (filter: FlowRunCountFilter | null | undefined): FlowRunFilter => {
  const { tag, ...other } = filter ?? {}
  return { ...other, tags: typeof tag === 'string' ? [tag] : null }
}

/**
 * The same runs by the roll-ups; undefined where those do not know them: they know flows, one tag, kinds of states, subflows, and expected starts from one
 * quarter of an hour to the last microsecond of another.
 */
export function countedConditions(filter: FlowRunFilter | null | undefined, grouping: Grouping = {}): Condition[] | undefined {
  const { flowIds, tags, stateTypes, isSubflow, expectedStartTimeAfter: after, expectedStartTimeBefore: before, ...other } = filter ?? {}
  if (tags && tags.length > 1) return undefined
  if (Object.values(other).some(value => value !== null && value !== undefined)) return undefined
  if (isGiven(after) && !isBorder(after)) return undefined
  if (isGiven(before) && !isBorder(before + 1)) return undefined
  const isBounded = isGiven(after) || isGiven(before)
  return [
    ...oneOf('scope', [scopeOf(tags?.[0], { ...grouping, isByFlow: grouping.isByFlow || Boolean(flowIds) })]),
    ...(isBounded
      ? // A run without a state has no expected start, and is sorted by its creation.
        [
          ...atLeast('bucket', isGiven(after) ? bucketOf(after) : 0),
          ...atMost('bucket', isGiven(before) ? bucketOf(before) : null),
          ...kindsOf(stateTypes, grouping),
        ]
      : [...oneOf('bucket', [ALL_TIME]), ...oneOf('stateType', stateTypes)]),
    ...oneOf('flowId', flowIds),
    ...(typeof isSubflow === 'boolean' ? oneOf('isSubflow', [isSubflow]) : []),
  ]
}

const scopeOf = (tag: string | undefined, { isByFlow, isInBlocks }: Grouping): string => {
  if (tag === undefined) return isInBlocks ? scopes.byFlowInBlocks : isByFlow ? scopes.byFlow : scopes.all
  return isInBlocks ? scopes.byFlowOfTagInBlocks(tag) : isByFlow ? scopes.byFlowOfTag(tag) : scopes.ofTag(tag)
}

/** Blocks hold no run without a state, and the kinds of what has ended are few. */
const kindsOf = (stateTypes: FlowRunFilter['stateTypes'], { isInBlocks, isOfFewFlows }: Grouping): Condition[] => {
  if (isInBlocks || stateTypes) return oneOf('stateType', stateTypes)
  return isOfFewFlows ? noneOf('stateType', [NO_STATE]) : oneOf('stateType', allStateTypes)
}

const isGiven = (moment: number | null | undefined): moment is number => moment !== null && moment !== undefined
