import { revision } from './revision.ts'

const remake = (columns: string) => [
  'drop index "flow_run_workspace_id_sort_time_id_index"',
  `create index "flow_run_workspace_id_sort_time_id_index" on "flow_run" (${columns})`,
]
const order = '"workspace_id", "sort_time", "id"'

/**
 * What runs are searched by stands in the index of their order, so that SQLite goes to the row of a run only when it is meant. Postgres has no room for long
 * texts in an index, and looks for them on both processors.
 */
export const searchedOnTheIndex = revision('0020-searched-on-the-index', {
  sqlite: { up: remake(`${order}, "name", "tags"`), down: remake(order) },
  postgres: { up: [], down: [] },
})
