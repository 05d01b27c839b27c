import { revision } from './revision.ts'

const columns = '"workspace_id", "scope", "state_type", "bucket", "flow_id", "is_subflow", "is_late"'
const ended = `('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')`
const noFlow = `'00000000-0000-0000-0000-000000000000'`

/** From the counters of quarters of an hour: of a tag those of all flows together, and in blocks of six hours those by flow that have ended. */
const up = (noFlowId: string): string[] => [
  `insert into "flow_run_rollup" (${columns}, "count")
    select "workspace_id", 'all:' || substr("scope", 5), "state_type", "bucket", ${noFlowId}, "is_subflow", "is_late", sum("count")
    from "flow_run_rollup" where substr("scope", 1, 4) = 'tag:' group by 1, 2, 3, 4, 6, 7`,
  `insert into "flow_run_rollup" (${columns}, "count")
    select "workspace_id", case "scope" when 'flow' then 'flow/6h' else 'tag/6h:' || substr("scope", 5) end, "state_type", "bucket" / 24 * 24, "flow_id",
      "is_subflow", "is_late", sum("count")
    from "flow_run_rollup"
    where ("scope" = 'flow' or substr("scope", 1, 4) = 'tag:') and "bucket" >= 0 and "state_type" in ${ended}
    group by 1, 2, 3, 4, 5, 6, 7`,
  `create index "event_but_task_runs" on "event" ("workspace_id", "occurred", "seq") where substr("resource_id", 1, 17) <> 'prefect.task-run.'`,
]

const down = [
  'drop index "event_but_task_runs"',
  `delete from "flow_run_rollup" where "scope" = 'flow/6h' or substr("scope", 1, 4) = 'all:' or substr("scope", 1, 7) = 'tag/6h:'`,
]

/** Counters for what a dashboard asks of long ranges and of tags, and an index for its feed, which leaves out the events of task runs. */
export const rollupBlocks = revision('0018-rollup-blocks', {
  sqlite: { up: up(noFlow), down },
  postgres: { up: up(`${noFlow}::uuid`), down },
})
