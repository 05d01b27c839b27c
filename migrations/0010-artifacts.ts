import { revision } from './revision.ts'

const indexes = [
  ['workspace_id', 'created', 'id'],
  ['workspace_id', 'key', 'created', 'id'],
  ['workspace_id', 'is_latest', 'updated', 'id'],
  ['workspace_id', 'is_latest', 'key'],
  ['flow_run_id', 'created', 'id'],
  ['task_run_id', 'created', 'id'],
].map(columns => `create index "artifact_${columns.join('_')}_index" on "artifact" (${columns.map(column => `"${column}"`).join(', ')})`)

const versions = (of: string) => `"workspace_id" = ${of}."workspace_id" and "key" = ${of}."key"`
const newest = (of: string) => `(select "id" from "artifact" where ${versions(of)} order by "created" desc, "id" desc limit 1)`
/** A new version says itself that it is the latest: of the two that do now, the newer is. */
const settle = (isTrue: string) =>
  `update "artifact" set "is_latest" = ("id" = ${newest('new')}) where ${versions('new')} and "is_latest" = ${isTrue}`
const promote = (isTrue: string) => `update "artifact" set "is_latest" = ${isTrue} where "id" = ${newest('old')}`

/**
 * Artifacts. Which version of a key is the latest is kept by the database itself: versions go with their runs, hundreds at once, and come from several servers
 * at the same moment. On Postgres those that come to one key take turns; a statement there sees what was committed while it waited for its turn.
 */
export const artifacts = revision('0010-artifacts', {
  sqlite: {
    up: [
      `create table "artifact" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "key" text null,
        "is_latest" integer not null,
        "type" text null,
        "description" text null,
        "data" json null,
        "data_size" integer not null,
        "metadata" json null,
        "flow_run_id" text null,
        "task_run_id" text null,
        "created" integer not null,
        "updated" integer not null,
        constraint "artifact_flow_run_id_foreign" foreign key ("flow_run_id") references "flow_run" ("id") on update no action on delete cascade
      )`,
      ...indexes,
      `create trigger "artifact_arrival" after insert on "artifact" when new."is_latest" = 1 begin ${settle('1')}; end`,
      `create trigger "artifact_departure" after delete on "artifact" when old."is_latest" = 1 begin ${promote('1')}; end`,
    ],
    down: ['drop table "artifact"'],
  },
  postgres: {
    up: [
      `create table "artifact" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "key" text null,
        "is_latest" boolean not null,
        "type" text null,
        "description" text null,
        "data" json null,
        "data_size" int not null,
        "metadata" jsonb null,
        "flow_run_id" uuid null,
        "task_run_id" uuid null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      ...indexes,
      `alter table "artifact" add constraint "artifact_flow_run_id_foreign" foreign key ("flow_run_id") references "flow_run" ("id") on update no action on delete cascade`,
      `create function "artifact_arrives"() returns trigger language plpgsql as $$ begin
        perform pg_advisory_xact_lock(4201, hashtext(new."workspace_id" || new."key"));
        ${settle('true')};
        return null;
      end $$`,
      `create function "artifact_departs"() returns trigger language plpgsql as $$ begin
        ${promote('true')};
        return null;
      end $$`,
      `create trigger "artifact_arrival" after insert on "artifact" for each row when (new."is_latest") execute function "artifact_arrives"()`,
      `create trigger "artifact_departure" after delete on "artifact" for each row when (old."is_latest") execute function "artifact_departs"()`,
    ],
    down: ['drop table "artifact"', 'drop function "artifact_arrives"()', 'drop function "artifact_departs"()'],
  },
})
