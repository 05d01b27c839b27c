import { revision } from './revision.ts'

const columns = '"workspace_id", "bucket", "flow_id", "state_type", "is_subflow", "is_late"'

/** Counts the runs that are there: first by quarters of an hour, then over all time. */
const backfill = (bucket: string) => [
  `insert into "flow_run_rollup" (${columns}, "count")
    select "workspace_id", ${bucket}, "flow_id", coalesce("state_type", 'NONE'), "parent_task_run_id" is not null,
      coalesce("state_type" = 'SCHEDULED' and "state_name" = 'Late', false), count(*)
    from "flow_run" group by 1, 2, 3, 4, 5, 6`,
  `insert into "flow_run_rollup" (${columns}, "count")
    select "workspace_id", -1, "flow_id", "state_type", "is_subflow", "is_late", sum("count")
    from "flow_run_rollup" group by 1, 3, 4, 5, 6`,
]

/** Runs by state in quarters of an hour, so that counts need not look at runs. */
export const rollups = revision('0005-rollups', {
  sqlite: {
    up: [
      `create table "flow_run_rollup" (
        "workspace_id" text not null,
        "bucket" integer not null,
        "flow_id" text not null,
        "state_type" text not null,
        "is_subflow" integer not null,
        "is_late" integer not null,
        "count" integer not null,
        primary key (${columns})
      ) without rowid`,
      ...backfill('max(0, "sort_time" / 900000000)'),
    ],
    down: ['drop table "flow_run_rollup"'],
  },
  postgres: {
    up: [
      `create table "flow_run_rollup" (
        "workspace_id" uuid not null,
        "bucket" int not null,
        "flow_id" uuid not null,
        "state_type" text not null,
        "is_subflow" boolean not null,
        "is_late" boolean not null,
        "count" int not null,
        primary key (${columns})
      )`,
      ...backfill('greatest(0, floor(extract(epoch from "sort_time") / 900)::int)'),
    ],
    down: ['drop table "flow_run_rollup"'],
  },
})
