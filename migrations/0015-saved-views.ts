import { revision } from './revision.ts'

/** Saved views of lists. */
export const savedViews = revision('0015-saved-views', {
  sqlite: {
    up: [
      `create table "saved_view" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "list" text not null,
        "name" text not null,
        "query" text not null,
        "is_default" integer not null,
        "created" integer not null,
        "updated" integer not null
      )`,
      `create unique index "saved_view_workspace_id_list_name_unique" on "saved_view" ("workspace_id", "list", "name")`,
    ],
    down: ['drop table "saved_view"'],
  },
  postgres: {
    up: [
      `create table "saved_view" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "list" text not null,
        "name" text not null,
        "query" text not null,
        "is_default" boolean not null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      `alter table "saved_view" add constraint "saved_view_workspace_id_list_name_unique" unique ("workspace_id", "list", "name")`,
    ],
    down: ['drop table "saved_view"'],
  },
})
