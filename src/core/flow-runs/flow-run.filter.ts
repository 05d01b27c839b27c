import type { EntityName } from '@mikro-orm/core'
import { z } from 'zod'
import { atLeast, atMost, type Condition, containing, havingAll, missing, oneOf, startingWith } from '../../kernel/filters.ts'
import { instantSchema, uuid, uuidPrefix } from '../../kernel/inputs.ts'
import { Flow } from '../flows/index.ts'
import { isStateType, stateTypes } from '../states/index.ts'

/** Which runs are meant. Parts are joined by "and"; inside a list any one is enough, but a run must carry all the tags. */
export const flowRunFilter = z.object({
  ids: z.array(uuid).nullish(),
  idPrefix: uuidPrefix.nullish(),
  flowIds: z.array(uuid).nullish(),
  flowNames: z.array(z.string()).nullish(),
  deploymentIds: z.array(uuid).nullish(),
  nameContains: z.string().nullish(),
  stateTypes: z.array(z.enum(stateTypes)).nullish(),
  stateNames: z.array(z.string()).nullish(),
  /** Kinds and names of states mixed: a kind is written in capitals, and no name is. */
  states: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  parentTaskRunIds: z.array(uuid).nullish(),
  parentFlowRunIds: z.array(uuid).nullish(),
  isSubflow: z.boolean().nullish(),
  expectedStartTimeAfter: instantSchema.nullish(),
  expectedStartTimeBefore: instantSchema.nullish(),
})

export type FlowRunFilter = z.output<typeof flowRunFilter>

export const flowRunConditions = (filter: FlowRunFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...startingWith('id', filter?.idPrefix ? [filter.idPrefix] : null),
  ...oneOf('flowId', filter?.flowIds),
  ...(filter?.flowNames
    ? [{ is: 'related', property: 'flowId', entity: Flow, as: 'flow', where: oneOf('name', filter.flowNames) } as const]
    : []),
  ...oneOf('deploymentId', filter?.deploymentIds),
  ...containing('name', filter?.nameContains),
  ...oneOf('stateType', filter?.stateTypes),
  ...oneOf('stateName', filter?.stateNames),
  ...inState(filter?.states),
  ...havingAll('tags', filter?.tags),
  ...oneOf('parentTaskRunId', filter?.parentTaskRunIds),
  ...inFlowRuns(filter?.parentFlowRunIds),
  ...missing('parentTaskRunId', opposite(filter?.isSubflow)),
  ...atLeast('expectedStartTime', filter?.expectedStartTimeAfter),
  ...atMost('expectedStartTime', filter?.expectedStartTimeBefore),
  // Where there is an expected start, lists are in its order: the bounds of one are those of the other.
  ...atLeast('sortTime', filter?.expectedStartTimeAfter),
  ...atMost('sortTime', filter?.expectedStartTimeBefore),
]

/** Task runs stand upon flow runs, which hence cannot import them: they are known by their name. */
export const ParentTaskRun = { name: 'TaskRun' } as unknown as EntityName

const inFlowRuns = (ids: readonly string[] | null | undefined): Condition[] =>
  ids ? [{ is: 'related', property: 'parentTaskRunId', entity: ParentTaskRun, as: 'parentTaskRun', where: oneOf('flowRunId', ids) }] : []

const opposite = (claim: boolean | null | undefined) => (typeof claim === 'boolean' ? !claim : null)

/** Kinds alone and names alone lead into an index. */
function inState(states: readonly string[] | null | undefined): Condition[] {
  if (!states) return []
  const kinds = oneOf('stateType', states.filter(isStateType))
  const names = oneOf(
    'stateName',
    states.filter(state => !isStateType(state)),
  )
  if (states.every(isStateType)) return kinds
  return states.some(isStateType) ? [{ is: 'anyOf', of: [kinds, names] }] : names
}
