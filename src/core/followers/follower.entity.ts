import { defineEntity, p } from '@mikro-orm/core'
import { instant } from '../../kernel/columns.ts'

/** Somebody of the house who has read the event log up to a place, whatever happens to the servers: of all servers on a database one does so at a time. */
export const Follower = defineEntity({
  name: 'Follower',
  tableName: 'follower',
  properties: {
    name: p.text().primary(),
    /** The history that the place is in. */
    logId: p.uuid(),
    seq: p.bigint('number').ignoreSchemaChanges('type'),
    /** The server that follows now, until its lease ends. */
    holder: p.uuid(),
    leaseUntil: instant(),
  },
})
