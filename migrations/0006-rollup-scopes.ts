import { revision } from './revision.ts'

const formerKey = ['workspace_id', 'bucket', 'flow_id', 'state_type', 'is_subflow', 'is_late']
const key = ['workspace_id', 'scope', 'state_type', 'bucket', 'flow_id', 'is_subflow', 'is_late']
const quoted = (names: readonly string[]) => names.map(name => `"${name}"`).join(', ')
const columns = `"scope", ${quoted(formerKey)}`
const byFlowIndex = 'create index "flow_run_rollup_by_flow" on "flow_run_rollup" ("workspace_id", "scope", "flow_id", "bucket")'

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

const table = ({ uuid, boolean, ending }: Dialect, primaryKey: readonly string[]) => {
  const types: Record<string, string> = { workspace_id: uuid, flow_id: uuid, bucket: 'int', is_subflow: boolean, is_late: boolean }
  const definitions = primaryKey.map(name => `"${name}" ${types[name] ?? 'text'} not null`)
  return `create table "flow_run_rollup" (${definitions.join(', ')}, "count" int not null, primary key (${quoted(primaryKey)}))${ending}`
}

const counted = ({ bucket }: Dialect) => `"workspace_id", ${bucket} as "bucket", "flow_id", coalesce("state_type", 'NONE') as "state_type",
  "parent_task_run_id" is not null as "is_subflow", coalesce("state_type" = 'SCHEDULED' and "state_name" = 'Late', false) as "is_late"`

/** From the roll-ups by flow, which there were before, those of all flows together; from the runs those by tag. */
const up = (dialect: Dialect): string[] => [
  'alter table "flow_run_rollup" rename to "former_rollup"',
  table(dialect, key),
  `insert into "flow_run_rollup" (${columns}, "count") select 'flow', ${quoted(formerKey)}, "count" from "former_rollup"`,
  `insert into "flow_run_rollup" (${columns}, "count")
    select 'all', "workspace_id", "bucket", '00000000-0000-0000-0000-000000000000', "state_type", "is_subflow", "is_late", sum("count")
    from "former_rollup" group by 2, 3, 5, 6, 7`,
  `insert into "flow_run_rollup" (${columns}, "count")
    select "scope", ${quoted(formerKey)}, count(distinct "id")
    from (select ${counted(dialect)}, "flow_run"."id", 'tag:' || "tag"."value" as "scope" from "flow_run", ${dialect.tags}) as "tagged"
    group by 1, 2, 3, 4, 5, 6, 7`,
  `insert into "flow_run_rollup" (${columns}, "count")
    select "scope", "workspace_id", -1, "flow_id", "state_type", "is_subflow", "is_late", sum("count")
    from "flow_run_rollup" where "scope" not in ('all', 'flow') group by 1, 2, 4, 5, 6, 7`,
  'drop table "former_rollup"',
  byFlowIndex,
]

const down = (dialect: Dialect): string[] => [
  'alter table "flow_run_rollup" rename to "later_rollup"',
  table(dialect, formerKey),
  `insert into "flow_run_rollup" (${quoted(formerKey)}, "count") select ${quoted(formerKey)}, "count" from "later_rollup" where "scope" = 'flow'`,
  'drop table "later_rollup"',
]

/** Roll-ups of all flows together, and of the runs that carry a tag. */
export const rollupScopes = revision('0006-rollup-scopes', {
  sqlite: { up: up(sqlite), down: down(sqlite) },
  postgres: { up: up(postgres), down: down(postgres) },
})
