import { revision } from './revision.ts'

const index = (table: string, ...columns: string[]): string =>
  `create index "${table}_${columns.join('_')}_index" on "${table}" (${columns.map(column => `"${column}"`).join(', ')})`

const indexes = [
  index('notification_delivery', 'workspace_id', 'id'),
  index('notification_delivery', 'workspace_id', 'status', 'id'),
  index('notification_delivery', 'policy_id', 'status', 'settled_at'),
  index('notification_delivery', 'policy_id', 'id'),
  index('notification_delivery', 'flow_run_id', 'id'),
  index('notification_delivery', 'channel_id', 'id'),
  index('notification_delivery', 'status', 'due_at'),
  index('notification_attempt', 'delivery_id', 'ordinal'),
  index('notification_group', 'digest_due_at'),
]

const uniques = [
  ['notification_delivery', 'notification_delivery_once', 'policy_id', 'flow_run_id', 'state_id', 'channel_id'],
  ['notification_group', 'notification_group_policy_id_group_key_unique', 'policy_id', 'group_key'],
  ['notification_incident', 'notification_incident_policy_id_flow_id_unique', 'policy_id', 'flow_id'],
] as const

const drops = ['notification_incident', 'notification_group', 'notification_attempt', 'notification_delivery', 'follower'].map(
  table => `drop table "${table}"`,
)

/** The outbox of notifications: deliveries with their attempts, what was said lately, and the place in the log up to which it was filled. */
export const notificationOutbox = revision('0016-notification-outbox', {
  sqlite: {
    up: [
      `create table "follower" (
        "name" text not null primary key,
        "log_id" text not null,
        "seq" integer not null,
        "holder" text not null,
        "lease_until" integer not null
      )`,
      `create table "notification_delivery" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "policy_id" text not null,
        "policy_name" text null,
        "channel_id" text not null,
        "kind" text check ("kind" in ('ALERT', 'DIGEST', 'RESOLVE')) not null,
        "status" text check ("status" in ('PENDING', 'SENDING', 'DELIVERED', 'DEAD', 'HELD', 'FOLDED', 'MUTED', 'CANCELLED')) not null,
        "flow_run_id" text not null,
        "flow_run_name" text not null,
        "flow_id" text not null,
        "flow_name" text not null,
        "deployment_id" text null,
        "tags" json not null,
        "state_id" text not null,
        "state_type" text check ("state_type" in ('SCHEDULED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED', 'PAUSED', 'CANCELLING')) not null,
        "state_name" text not null,
        "state_timestamp" integer not null,
        "state_message" text null,
        "group_key" text not null,
        "due_at" integer not null,
        "holder" text null,
        "attempt_count" integer not null,
        "attempts_left" integer not null,
        "remaining" json null,
        "subject" text null,
        "body" text null,
        "reason" text null,
        "last_error" text null,
        "dedup_key" text null,
        "digest_id" text null,
        "run_count" integer not null,
        "created" integer not null,
        "settled_at" integer null
      )`,
      `create table "notification_attempt" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "delivery_id" text not null,
        "ordinal" integer not null,
        "started_at" integer not null,
        "outcome" text check ("outcome" in ('DELIVERED', 'FAILED', 'RETRY')) not null,
        "status" integer null,
        "latency_milliseconds" integer not null,
        "excerpt" text null,
        "error" text null,
        constraint "notification_attempt_delivery_id_foreign" foreign key ("delivery_id") references "notification_delivery" ("id") on update no action on delete cascade
      )`,
      `create table "notification_group" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "policy_id" text not null,
        "group_key" text not null,
        "last_sent_at" integer null,
        "digest_due_at" integer null,
        "window_start" integer not null,
        "window_count" integer not null,
        "muted_until" integer null
      )`,
      `create table "notification_incident" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "policy_id" text not null,
        "flow_id" text not null,
        "opened_at" integer not null
      )`,
      ...indexes,
      ...uniques.map(
        ([table, name, ...columns]) => `create unique index "${name}" on "${table}" (${columns.map(column => `"${column}"`).join(', ')})`,
      ),
    ],
    down: drops,
  },
  postgres: {
    up: [
      `create table "follower" (
        "name" text not null,
        "log_id" uuid not null,
        "seq" bigint not null,
        "holder" uuid not null,
        "lease_until" timestamptz(6) not null,
        primary key ("name")
      )`,
      `create table "notification_delivery" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "policy_id" uuid not null,
        "policy_name" text null,
        "channel_id" uuid not null,
        "kind" text check ("kind" in ('ALERT', 'DIGEST', 'RESOLVE')) not null,
        "status" text check ("status" in ('PENDING', 'SENDING', 'DELIVERED', 'DEAD', 'HELD', 'FOLDED', 'MUTED', 'CANCELLED')) not null,
        "flow_run_id" uuid not null,
        "flow_run_name" text not null,
        "flow_id" uuid not null,
        "flow_name" text not null,
        "deployment_id" uuid null,
        "tags" jsonb not null,
        "state_id" uuid not null,
        "state_type" text check ("state_type" in ('SCHEDULED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED', 'PAUSED', 'CANCELLING')) not null,
        "state_name" text not null,
        "state_timestamp" timestamptz(6) not null,
        "state_message" text null,
        "group_key" text not null,
        "due_at" timestamptz(6) not null,
        "holder" uuid null,
        "attempt_count" int not null,
        "attempts_left" int not null,
        "remaining" jsonb null,
        "subject" text null,
        "body" text null,
        "reason" text null,
        "last_error" text null,
        "dedup_key" text null,
        "digest_id" uuid null,
        "run_count" int not null,
        "created" timestamptz(6) not null,
        "settled_at" timestamptz(6) null,
        primary key ("id")
      )`,
      `create table "notification_attempt" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "delivery_id" uuid not null,
        "ordinal" int not null,
        "started_at" timestamptz(6) not null,
        "outcome" text check ("outcome" in ('DELIVERED', 'FAILED', 'RETRY')) not null,
        "status" int null,
        "latency_milliseconds" int not null,
        "excerpt" text null,
        "error" text null,
        primary key ("id")
      )`,
      `create table "notification_group" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "policy_id" uuid not null,
        "group_key" text not null,
        "last_sent_at" timestamptz(6) null,
        "digest_due_at" timestamptz(6) null,
        "window_start" timestamptz(6) not null,
        "window_count" int not null,
        "muted_until" timestamptz(6) null,
        primary key ("id")
      )`,
      `create table "notification_incident" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "policy_id" uuid not null,
        "flow_id" uuid not null,
        "opened_at" timestamptz(6) not null,
        primary key ("id")
      )`,
      `alter table "notification_attempt" add constraint "notification_attempt_delivery_id_foreign" foreign key ("delivery_id") references "notification_delivery" ("id") on update no action on delete cascade`,
      ...indexes,
      ...uniques.map(
        ([table, name, ...columns]) =>
          `alter table "${table}" add constraint "${name}" unique (${columns.map(column => `"${column}"`).join(', ')})`,
      ),
    ],
    down: drops,
  },
})
