import { revision } from './revision.ts'

/** Inputs of flow runs. */
export const flowRunInputs = revision('0003-flow-run-inputs', {
  sqlite: {
    up: [
      `create table "flow_run_input" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "flow_run_id" text not null,
        "key" text not null,
        "value" text not null,
        "sender" text null,
        "created" integer not null,
        "updated" integer not null,
        constraint "flow_run_input_flow_run_id_foreign" foreign key ("flow_run_id") references "flow_run" ("id") on update no action on delete cascade
      )`,
      `create unique index "flow_run_input_flow_run_id_key_unique" on "flow_run_input" ("flow_run_id", "key")`,
    ],
    down: ['drop table "flow_run_input"'],
  },
  postgres: {
    up: [
      `create table "flow_run_input" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "flow_run_id" uuid not null,
        "key" text not null,
        "value" text not null,
        "sender" text null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      `alter table "flow_run_input" add constraint "flow_run_input_flow_run_id_key_unique" unique ("flow_run_id", "key")`,
      `alter table "flow_run_input" add constraint "flow_run_input_flow_run_id_foreign" foreign key ("flow_run_id") references "flow_run" ("id") on update no action on delete cascade`,
    ],
    down: ['drop table "flow_run_input"'],
  },
})
