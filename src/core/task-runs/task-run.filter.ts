import { z } from 'zod'
import { atLeast, atMost, type Condition, containing, havingAll, oneOf, startingWith } from '../../kernel/filters.ts'
import { instantSchema, uuid, uuidPrefix } from '../../kernel/inputs.ts'
import { FlowRun } from '../flow-runs/index.ts'
import { isStateType, stateTypes } from '../states/index.ts'

/** Which task runs are meant. Parts are joined by "and"; inside a list any one is enough, but a run must carry all the tags. */
export const taskRunFilter = z.object({
  ids: z.array(uuid).nullish(),
  idPrefix: uuidPrefix.nullish(),
  flowRunIds: z.array(uuid).nullish(),
  taskKeys: z.array(z.string()).nullish(),
  nameContains: z.string().nullish(),
  stateTypes: z.array(z.enum(stateTypes)).nullish(),
  stateNames: z.array(z.string()).nullish(),
  /** Kinds and names of states mixed: a kind is written in capitals, and no name is. */
  states: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  isSubflow: z.boolean().nullish(),
  expectedStartTimeAfter: instantSchema.nullish(),
  expectedStartTimeBefore: instantSchema.nullish(),
})

export type TaskRunFilter = z.output<typeof taskRunFilter>

export const taskRunConditions = (filter: TaskRunFilter | null | undefined): Condition[] => [
  ...oneOf('id', filter?.ids),
  ...startingWith('id', filter?.idPrefix ? [filter.idPrefix] : null),
  ...oneOf('flowRunId', filter?.flowRunIds),
  ...oneOf('taskKey', filter?.taskKeys),
  ...containing('name', filter?.nameContains),
  ...oneOf('stateType', filter?.stateTypes),
  ...oneOf('stateName', filter?.stateNames),
  ...inState(filter?.states),
  ...havingAll('tags', filter?.tags),
  ...standingForSubflow(filter?.isSubflow),
  ...atLeast('expectedStartTime', filter?.expectedStartTimeAfter),
  ...atMost('expectedStartTime', filter?.expectedStartTimeBefore),
  ...atLeast('sortTime', filter?.expectedStartTimeAfter),
  ...atMost('sortTime', filter?.expectedStartTimeBefore),
]

/** Whether a flow run names it as the task run that stands for it in its parent. */
export function standingForSubflow(claim: boolean | null | undefined): Condition[] {
  if (claim === null || claim === undefined) return []
  const isNamed: Condition = { is: 'referredBy', entity: FlowRun, property: 'parentTaskRunId', where: [] }
  return claim ? [isNamed] : [{ is: 'neither', of: [[isNamed]] }]
}

function inState(states: readonly string[] | null | undefined): Condition[] {
  if (!states) return []
  const kinds = oneOf('stateType', states.filter(isStateType))
  if (states.every(isStateType)) return kinds
  const names = oneOf(
    'stateName',
    states.filter(state => !isStateType(state)),
  )
  return states.some(isStateType) ? [{ is: 'anyOf', of: [kinds, names] }] : names
}
