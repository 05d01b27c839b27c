import { revision } from './revision.ts'

/** Variables. */
export const variables = revision('0002-variables', {
  sqlite: {
    up: [
      `create table "variable" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "name" text not null,
        "value" json null,
        "tags" json not null,
        "created" integer not null,
        "updated" integer not null
      )`,
      `create unique index "variable_workspace_id_name_unique" on "variable" ("workspace_id", "name")`,
    ],
    down: ['drop table "variable"'],
  },
  postgres: {
    up: [
      `create table "variable" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "name" text not null,
        "value" jsonb null,
        "tags" jsonb not null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      `alter table "variable" add constraint "variable_workspace_id_name_unique" unique ("workspace_id", "name")`,
    ],
    down: ['drop table "variable"'],
  },
})
