import { defineEntity, p } from '@mikro-orm/core'
import { instant } from '../../kernel/columns.ts'

/** One row: the id of this database's history, minted with the schema when it is created or reset, so that a cursor of another history is known for what it is. */
export const History = defineEntity({
  name: 'History',
  tableName: 'history',
  properties: {
    logId: p.uuid().primary(),
    created: instant(),
  },
})
