import { revision } from './revision.ts'

const create = (...columns: string[]) =>
  `create index "flow_run_${columns.join('_')}_index" on "flow_run" (${columns.map(column => `"${column}"`).join(', ')})`
const drop = (...columns: string[]) => `drop index "flow_run_${columns.join('_')}_index"`

const former = [['flow_id'], ['deployment_id'], ['workspace_id', 'state_type', 'sort_time']]
const later = [
  ['workspace_id', 'state_type', 'sort_time', 'id'],
  ['workspace_id', 'state_name', 'sort_time', 'id'],
  ['flow_id', 'sort_time', 'id'],
  ['flow_id', 'state_type', 'sort_time', 'id'],
  ['deployment_id', 'sort_time', 'id'],
]
const both = {
  up: [...former.map(columns => drop(...columns)), ...later.map(columns => create(...columns))],
  down: [...later.map(columns => drop(...columns)), ...former.map(columns => create(...columns))],
}

/** An index for each shape that lists of runs are filtered in, with the order of the lists behind what is asked for. */
export const listIndexes = revision('0007-list-indexes', { sqlite: both, postgres: both })
