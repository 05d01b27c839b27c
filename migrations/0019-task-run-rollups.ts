import { revision } from './revision.ts'

interface Dialect {
  readonly uuid: string
  readonly ending: string
  readonly bucket: string
  readonly tags: string
}

const sqlite: Dialect = {
  uuid: 'text',
  ending: ' without rowid',
  bucket: 'max(0, "sort_time" / 900000000)',
  tags: 'json_each("task_run"."tags") as "tag"',
}
const postgres: Dialect = {
  uuid: 'uuid',
  ending: '',
  bucket: 'greatest(0, floor(extract(epoch from "sort_time") / 900)::int)',
  tags: 'jsonb_array_elements_text("task_run"."tags") as "tag"("value")',
}

const columns = '"workspace_id", "scope", "state_type", "bucket"'

const up = ({ uuid, ending, bucket, tags }: Dialect): string[] => [
  `create table "task_run_rollup" ("workspace_id" ${uuid} not null, "scope" text not null, "state_type" text not null, "bucket" int not null, "count" int not null,
    primary key (${columns}))${ending}`,
  `insert into "task_run_rollup" (${columns}, "count")
    select "workspace_id", 'all', coalesce("state_type", 'NONE'), ${bucket}, count(*) from "task_run" group by 1, 2, 3, 4`,
  `insert into "task_run_rollup" (${columns}, "count")
    select "workspace_id", 'all:' || "tag"."value", coalesce("state_type", 'NONE'), ${bucket}, count(distinct "task_run"."id")
    from "task_run", ${tags} group by 1, 2, 3, 4`,
  `insert into "task_run_rollup" (${columns}, "count")
    select "workspace_id", "scope", "state_type", -1, sum("count") from "task_run_rollup" group by 1, 2, 3`,
]

const down = ['drop table "task_run_rollup"']

/** Task runs by state in quarters of an hour, all of them and those that carry a tag. */
export const taskRunRollups = revision('0019-task-run-rollups', {
  sqlite: { up: up(sqlite), down },
  postgres: { up: up(postgres), down },
})
