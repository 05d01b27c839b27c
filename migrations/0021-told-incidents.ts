import { revision } from './revision.ts'

const addColumn = (type: string) => `alter table "notification_incident" add column "told_channel_ids" ${type} null`

/** Until now all channels of a policy counted as told: what stands open at them is closed all the same. */
const toldAll = `update "notification_incident" set "told_channel_ids" =
  (select p."channel_ids" from "notification_policy" as p where p."id" = "notification_incident"."policy_id")`

const down = ['alter table "notification_incident" drop column "told_channel_ids"']

/** Which channels were told of an incident, and are to hear of its end. */
export const toldIncidents = revision('0021-told-incidents', {
  sqlite: { up: [addColumn('json'), toldAll], down },
  postgres: { up: [addColumn('jsonb'), toldAll], down },
})
