import { revision } from './revision.ts'

/** A database that has a history keeps it, also when it comes by here again. */
const mint = (id: string, now: string) =>
  `insert into "history" ("log_id", "created") select ${id}, ${now} where not exists (select 1 from "history")`

const sqliteNow = "cast(unixepoch('subsec') * 1000 as integer) * 1000"
const sqliteRandomId = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' ||
  substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`

/** The id that cursors are bound to, in the transaction that makes the schema: a database is not without one, even for a moment. */
export const history = revision('0009-history', {
  sqlite: { up: [mint(sqliteRandomId, sqliteNow)], down: [] },
  postgres: { up: [mint('gen_random_uuid()', 'now()')], down: [] },
})
