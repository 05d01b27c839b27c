import { revision } from './revision.ts'

const index = 'create index "notification_policy_workspace_id_id_index" on "notification_policy" ("workspace_id", "id")'

/** Notification policies: when a run enters a state, who hears of it. */
export const notificationPolicies = revision('0012-notification-policies', {
  sqlite: {
    up: [
      `create table "notification_policy" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "name" text null,
        "is_active" integer not null,
        "state_names" json not null,
        "state_types" json not null,
        "tags" json not null,
        "flow_ids" json not null,
        "deployment_ids" json not null,
        "channel_ids" json not null,
        "subject_template" text null,
        "message_template" text null,
        "group_by" text check ("group_by" in ('NONE', 'FLOW', 'DEPLOYMENT', 'TAG')) not null,
        "group_wait_seconds" integer not null,
        "repeat_interval_seconds" integer not null,
        "max_per_window" integer null,
        "window_seconds" integer not null,
        "resolve_on_completion" integer not null,
        "muted_until" integer null,
        "active_since" integer not null,
        "created" integer not null,
        "updated" integer not null
      )`,
      index,
    ],
    down: ['drop table "notification_policy"'],
  },
  postgres: {
    up: [
      `create table "notification_policy" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "name" text null,
        "is_active" boolean not null,
        "state_names" jsonb not null,
        "state_types" jsonb not null,
        "tags" jsonb not null,
        "flow_ids" jsonb not null,
        "deployment_ids" jsonb not null,
        "channel_ids" jsonb not null,
        "subject_template" text null,
        "message_template" text null,
        "group_by" text check ("group_by" in ('NONE', 'FLOW', 'DEPLOYMENT', 'TAG')) not null,
        "group_wait_seconds" int not null,
        "repeat_interval_seconds" int not null,
        "max_per_window" int null,
        "window_seconds" int not null,
        "resolve_on_completion" boolean not null,
        "muted_until" timestamptz(6) null,
        "active_since" timestamptz(6) not null,
        "created" timestamptz(6) not null,
        "updated" timestamptz(6) not null,
        primary key ("id")
      )`,
      index,
    ],
    down: ['drop table "notification_policy"'],
  },
})
