import { revision } from './revision.ts'

const offer = (isDeferred: string) =>
  `update "task_run" set "claimable_at" = coalesce("next_scheduled_start_time", "state_timestamp") where "claimable_at" is null and "state_type" = 'SCHEDULED' and exists ` +
  `(select 1 from "task_run_state" as s where s."id" = "task_run"."state_id" and ${isDeferred})`

/** Task runs that waited in the background before there were claims wait for a task worker too. Going down, their claims go with the columns. */
export const claimableTaskRuns = revision('0017-claimable-task-runs', {
  sqlite: { up: [offer(`json_extract(s."details", '$.deferred')`)], down: [] },
  postgres: { up: [offer(`s."details" ->> 'deferred' = 'true'`)], down: [] },
})
