import { z } from 'zod'
import { stateTypes } from '../../../core/states/index.ts'
import { TaskRun } from '../../../core/task-runs/index.ts'
import { type Condition, missing, oneOf } from '../../../kernel/filters.ts'
import {
  absent,
  filterOf,
  flag,
  idPart,
  ids,
  joined,
  namePart,
  noneOfThese,
  nullableTimePart,
  part,
  referencePart,
  tagsPart,
  texts,
  timePart,
} from './parts.ts'

const types = z.array(z.enum(stateTypes)).nullish()

const statePart = joined(
  {
    type: part({ any_: types, not_any_: types }, given => [
      oneOf('stateType', given.any_),
      noneOfThese('stateType', given.not_any_),
    ]).nullish(),
    name: part({ any_: texts, not_any_: texts }, given => [
      oneOf('stateName', given.any_),
      noneOfThese('stateName', given.not_any_),
    ]).nullish(),
  },
  given => [given.type ?? [], given.name ?? []],
)

const creator = (key: string, values: readonly string[] | null | undefined): Condition[] =>
  values ? [{ is: 'keyOneOf', property: 'createdBy', key, values }] : []

export const flowRunFilter = filterOf({
  id: idPart,
  name: namePart,
  tags: tagsPart,
  deployment_id: referencePart('deploymentId'),
  work_queue_name: joined({ any_: texts, is_null_: flag }, absent),
  state: statePart,
  flow_version: part({ any_: texts }, given => [oneOf('flowVersion', given.any_)]),
  start_time: nullableTimePart('startTime', 'expectedStartTime'),
  end_time: nullableTimePart('endTime'),
  expected_start_time: timePart('expectedStartTime'),
  next_scheduled_start_time: timePart('nextScheduledStartTime'),
  parent_flow_run_id: joined({ any_: ids }, ({ any_ }) => [
    any_ ? [{ is: 'related', property: 'parentTaskRunId', entity: TaskRun, as: 'parentTaskRun', where: oneOf('flowRunId', any_) }] : [],
  ]),
  parent_task_run_id: referencePart('parentTaskRunId'),
  idempotency_key: part({ any_: texts, not_any_: texts }, given => [
    oneOf('idempotencyKey', given.any_),
    noneOfThese('idempotencyKey', given.not_any_),
  ]),
  created_by: joined({ id_: ids, type_: texts, is_null_: flag }, given => [
    creator('id', given.id_),
    creator('type', given.type_),
    missing('createdBy', given.is_null_),
  ]),
})
