import { revision } from './revision.ts'

const addColumn = `alter table "notification_delivery" add column "first_outcome" text check ("first_outcome" in ('DELIVERED', 'FAILED', 'RETRY')) null`

const fromAttempts = `update "notification_delivery" set "first_outcome" =
  (select a."outcome" from "notification_attempt" as a where a."delivery_id" = "notification_delivery"."id" order by a."ordinal", a."id" limit 1)
  where "attempt_count" > 0`

const down = ['alter table "notification_delivery" drop column "first_outcome"']

/** How the first attempt of each delivery ended: what is sent again later changes nothing of it. */
export const firstOutcomes = revision('0022-first-outcomes', {
  sqlite: { up: [addColumn, fromAttempts], down },
  postgres: { up: [addColumn, fromAttempts], down },
})
