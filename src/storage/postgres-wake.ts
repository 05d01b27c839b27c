import pg from 'pg'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { product } from '../kernel/product.ts'
import type { Committed } from '../kernel/storage.ts'
import { connection } from './postgres-pool.ts'

/** Wake-ups between servers on one database. Hints only: one that is lost costs the others a second, never an entry. */
export interface Wake {
  /** Tells the other servers, on a connection of its own and after the commit: inside the transaction it would serialise all commits. */
  notify(committed: Committed): void
  close(): Promise<void>
}

export interface WakeOptions {
  readonly url: string
  readonly clock: Clock
  readonly log: Logger
  /** Another server has committed, or may have while we were deaf. */
  readonly onWake: () => void
}

/** Each server has one such connection, by which the others are counted. */
export const WAKE_NAME = `${product.name} wake-ups`
const CHANNEL = `${product.name}_log`
const GATHER_MILLISECONDS = 10
const LONGEST_PAUSE = 10_000

export function createWake({ url, clock, log, onWake }: WakeOptions): Wake {
  const own = { events: 0, logs: 0 }
  let client: pg.Client | undefined
  let pause = 100
  let isGathering = false
  let isDue = false
  let isClosed = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...connection(url), application_name: WAKE_NAME, statement_timeout: 5000, pipeline: true })
    next.on('notification', ({ payload = '' }) => {
      if (!isKnown(payload)) onWake()
    })
    next.on('error', error =>
      log.warn({ reason: error.message }, 'The connection for wake-ups was lost; the log is read every second until it is back.'),
    )
    next.on('end', () => lose(next))
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
    } catch (error) {
      log.debug({ error }, 'No connection for wake-ups yet.')
      await next.end().catch(() => undefined)
      return again()
    }
    if (isClosed) return next.end()
    client = next
    pause = 100
    onWake()
  }

  const lose = (lost: pg.Client) => {
    if (client !== lost) return
    client = undefined
    again()
  }

  const again = () => {
    if (isClosed) return
    clock.after(pause, () => void connect())
    pause = Math.min(2 * pause, LONGEST_PAUSE)
  }

  /** What is not newer than our own newest entry is in the log before it: whoever reads ours sees the hole, and fills it. */
  const isKnown = (payload: string): boolean => {
    const [events = Number.POSITIVE_INFINITY, logs = Number.POSITIVE_INFINITY] = payload === '' ? [] : payload.split(' ').map(Number)
    return events <= own.events && logs <= own.logs
  }

  /** At once when calm; when busy, once for all that a window brings. */
  const send = () => {
    isDue = false
    isGathering = true
    clock.after(GATHER_MILLISECONDS, () => {
      isGathering = false
      if (isDue) send()
    })
    client
      ?.query('select pg_notify($1, $2)', [CHANNEL, `${own.events} ${own.logs}`])
      .catch((error: unknown) => log.debug({ error }, 'A wake-up was not sent.'))
  }

  void connect()
  return {
    notify({ events, logs }) {
      own.events = Math.max(own.events, events.at(-1)?.seq ?? 0)
      own.logs = Math.max(own.logs, logs.at(-1)?.seq ?? 0)
      isDue = true
      if (!isGathering) send()
    },
    async close() {
      isClosed = true
      const last = client
      client = undefined
      await last?.end()
    },
  }
}
