import { revision } from './revision.ts'

const formerKey = '"workspace_id", "bucket", "flow_id", "state_type", "is_subflow", "is_late"'
const key = '"workspace_id", "scope", "bucket", "flow_id", "state_type", "is_subflow", "is_late"'
const byFlowIndex =
  'create index "flow_run_rollup_workspace_id_scope_flow_id_bucket_index" on "flow_run_rollup" ("workspace_id", "scope", "flow_id", "bucket")'

interface Dialect {
  readonly uuid: string
  readonly boolean: string
  readonly ending: string
  readonly bucket: string
  readonly tags: string
}

const sqlite: Dialect = {
  uuid: 'text',
  boolean: 'integer',
  ending: ' without rowid',
  bucket: 'max(0, "sort_time" / 900000000)',
  tags: 'json_each("flow_run"."tags") as "tag"',
}
const postgres: Dialect = {
  uuid: 'uuid',
  boolean: 'boolean',
  ending: '',
  bucket: 'greatest(0, floor(extract(epoch from "sort_time") / 900)::int)',
  tags: 'jsonb_array_elements_text("flow_run"."tags") as "tag"("value")',
}

const table = ({ uuid, boolean, ending }: Dialect, primaryKey: string) =>
  `create table "flow_run_rollup" (
    "workspace_id" ${uuid} not null,
    ${primaryKey === key ? '"scope" text not null,' : ''}
    "bucket" int not null,
    "flow_id" ${uuid} not null,
    "state_type" text not null,
    "is_subflow" ${boolean} not null,
    "is_late" ${boolean} not null,
    "count" int not null,
    primary key (${primaryKey})
  )${ending}`

const counted = ({ bucket }: Dialect) => `"workspace_id", ${bucket} as "bucket", "flow_id", coalesce("state_type", 'NONE') as "state_type",
  "parent_task_run_id" is not null as "is_subflow", coalesce("state_type" = 'SCHEDULED' and "state_name" = 'Late', false) as "is_late"`

/** From the roll-ups by flow, which there were before, those of all flows together; from the runs those by tag. */
const up = (dialect: Dialect): string[] => [
  'alter table "flow_run_rollup" rename to "former_rollup"',
  table(dialect, key),
  `insert into "flow_run_rollup" (${key}, "count") select "workspace_id", 'flow', ${without('workspace_id')}, "count" from "former_rollup"`,
  `insert into "flow_run_rollup" (${key}, "count")
    select "workspace_id", 'all', "bucket", '00000000-0000-0000-0000-000000000000', "state_type", "is_subflow", "is_late", sum("count")
    from "former_rollup" group by 1, 3, 5, 6, 7`,
  `insert into "flow_run_rollup" (${key}, "count")
    select "workspace_id", "scope", ${without('workspace_id')}, count(distinct "id")
    from (select ${counted(dialect)}, "flow_run"."id", 'tag:' || "tag"."value" as "scope" from "flow_run", ${dialect.tags}) as "tagged"
    group by 1, 2, 3, 4, 5, 6, 7`,
  `insert into "flow_run_rollup" (${key}, "count")
    select "workspace_id", "scope", -1, "flow_id", "state_type", "is_subflow", "is_late", sum("count")
    from "flow_run_rollup" where "scope" not in ('all', 'flow') group by 1, 2, 4, 5, 6, 7`,
  'drop table "former_rollup"',
  byFlowIndex,
]

const down = (dialect: Dialect): string[] => [
  'alter table "flow_run_rollup" rename to "later_rollup"',
  table(dialect, formerKey),
  `insert into "flow_run_rollup" (${formerKey}, "count") select ${formerKey}, "count" from "later_rollup" where "scope" = 'flow'`,
  'drop table "later_rollup"',
]

function without(column: string): string {
  return formerKey.replace(`"${column}", `, '')
}

/** Roll-ups of all flows together, and of the runs that carry a tag. */
export const rollupScopes = revision('0006-rollup-scopes', {
  sqlite: { up: up(sqlite), down: down(sqlite) },
  postgres: { up: up(postgres), down: down(postgres) },
})
