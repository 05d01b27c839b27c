import { z } from 'zod'
import { stateTypes } from '../../../core/states/index.ts'
import { standingForSubflow } from '../../../core/task-runs/index.ts'
import { missing, oneOf } from '../../../kernel/filters.ts'
import { allTagsPart, filterOf, flag, ids, joined, namePart, nullableTimePart, part, texts, timePart } from './parts.ts'

const statePart = joined(
  {
    type: part({ any_: z.array(z.enum(stateTypes)).nullish() }, given => [oneOf('stateType', given.any_)]).nullish(),
    name: part({ any_: texts }, given => [oneOf('stateName', given.any_)]).nullish(),
  },
  given => [given.type ?? [], given.name ?? []],
)

/** The peer takes a filter on flow runs that names none for one that asks for any. */
const flowRunPart = joined({ any_: ids, is_null_: flag.default(false) }, ({ any_, is_null_ }) => [
  is_null_ === true || (is_null_ === false && !any_) ? missing('flowRunId', is_null_) : oneOf('flowRunId', any_),
])

export const taskRunFilter = filterOf({
  id: part({ any_: ids }, given => [oneOf('id', given.any_)]),
  name: namePart,
  tags: allTagsPart,
  state: statePart,
  start_time: nullableTimePart('startTime'),
  end_time: nullableTimePart('endTime'),
  expected_start_time: timePart('expectedStartTime'),
  subflow_runs: part({ exists_: flag }, given => [standingForSubflow(given.exists_)]),
  flow_run_id: flowRunPart,
})
