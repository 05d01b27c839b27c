import { History } from '../core/history/index.ts'
import type { Heads, LogName } from '../kernel/storage.ts'
import { logEntity } from './log-tables.ts'
import type { Statement } from './postgres-transaction.ts'
import type { Tables } from './tables.ts'

type Row = Readonly<Record<string, unknown>>

/** Where the logs begin and end, in one statement. */
export function createHeads(tables: Tables) {
  const history = tables(History)
  const range = (log: LogName) => {
    const { name } = tables(logEntity[log])
    return `(select max("seq") as ${log}_newest, min("seq") as ${log}_oldest, pg_sequence_last_value(pg_get_serial_sequence('${name}', 'seq')::regclass) as ${log}_drawn from ${name}) as ${log}`
  }
  const statement: Statement = {
    name: 'heads',
    text: `select ${history.column('logId').name} as log_id, ${columns('events')}, ${columns('logs')} from ${history.name}, ${range('events')}, ${range('logs')}`,
  }

  return {
    statement,
    /** A log without entries whose numbers have been drawn: emptied by retention, or its first entry is about to be committed. Only the append lock tells which. */
    isUncertain: (row: Row): boolean =>
      (['events', 'logs'] as const).some(log => row[`${log}_newest`] === null && row[`${log}_drawn`] !== null),
    read(row: Row): Heads {
      const newest = (log: LogName) => Number(row[`${log}_newest`] ?? row[`${log}_drawn`] ?? 0)
      const oldest = (log: LogName) => Number(row[`${log}_oldest`] ?? newest(log) + 1)
      return {
        logId: row['log_id'] as string,
        newest: { events: newest('events'), logs: newest('logs') },
        oldest: { events: oldest('events'), logs: oldest('logs') },
      }
    },
  }
}

const columns = (log: LogName): string => ['newest', 'oldest', 'drawn'].map(what => `${log}_${what}`).join(', ')
