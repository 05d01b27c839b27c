import { revision } from './revision.ts'

const name = 'flow_run_workspace_id_id_index'
const both = { up: [`create index "${name}" on "flow_run" ("workspace_id", "id")`], down: [`drop index "${name}"`] }

/** The newest runs of a workspace first, the order in which the REST door lists them when it is not told another. Ids grow, so it is written at its end only. */
export const flowRunsById = revision('0004-flow-runs-by-id', { sqlite: both, postgres: both })
