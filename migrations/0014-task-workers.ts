import { revision } from './revision.ts'

const addColumn = (definition: string) => `alter table "task_run" add column ${definition}`
const taskRunIndexes = {
  task_run_workspace_id_task_key_claimable_at_id_index: `("workspace_id", "task_key", "claimable_at", "id") where "claimable_at" is not null`,
  task_run_workspace_id_claimed_by_index: `("workspace_id", "claimed_by") where "claimed_by" is not null`,
  task_run_end_time_id_index: `("end_time", "id") where "flow_run_id" is null`,
}
const common = [
  ...Object.entries(taskRunIndexes).map(([name, rest]) => `create index "${name}" on "task_run" ${rest}`),
  `create index "task_worker_workspace_id_last_seen_at_id_index" on "task_worker" ("workspace_id", "last_seen_at", "id")`,
]
const down = [
  'drop table "task_worker"',
  ...Object.keys(taskRunIndexes).map(name => `drop index "${name}"`),
  ...['claimable_at', 'claimed_by', 'claim_id'].map(column => `alter table "task_run" drop column "${column}"`),
]

/** Tasks in the background: which workers are connected, and which runs they have claimed. */
export const taskWorkers = revision('0014-task-workers', {
  sqlite: {
    up: [
      addColumn('"claimable_at" integer null'),
      addColumn('"claimed_by" text null'),
      addColumn('"claim_id" text null'),
      `create table "task_worker" (
        "id" text not null primary key,
        "workspace_id" text not null,
        "identifier" text not null,
        "task_keys" json not null,
        "connected_at" integer not null,
        "last_seen_at" integer not null
      )`,
      ...common,
    ],
    down,
  },
  postgres: {
    up: [
      addColumn('"claimable_at" timestamptz(6) null'),
      addColumn('"claimed_by" text null'),
      addColumn('"claim_id" uuid null'),
      `create table "task_worker" (
        "id" uuid not null,
        "workspace_id" uuid not null,
        "identifier" text not null,
        "task_keys" jsonb not null,
        "connected_at" timestamptz(6) not null,
        "last_seen_at" timestamptz(6) not null,
        primary key ("id")
      )`,
      ...common,
    ],
    down,
  },
})
