// Scenario `events-in`: how many events /events/in takes to the store, and how soon a subscriber sees them.
import { select } from '../tests/faults/stored.ts'
import { startServer } from '../tests/support/server.ts'
import type { EventsOrder, EventsResult } from './events-load.ts'
import { runLoadProcess } from './load-process.ts'
import { lookAtMachine } from './machine.ts'
import type { Measured } from './measured.ts'
import { openPlace } from './places.ts'

const SOCKETS = 8
const PER_SECOND = 5_000
const LAG_MILLISECONDS = 500
const WARM_UP_SECONDS = 2

export async function* measureEventsIn(databases: readonly string[], seconds: number): AsyncGenerator<Measured> {
  for (const database of databases) {
    yield await measure(database, null, seconds)
    yield await measure(database, PER_SECOND, seconds)
  }
}

async function measure(database: string, perSecond: number | null, seconds: number): Promise<Measured> {
  const place = await openPlace(database, { isDurable: true })
  const server = await startServer({ from: 'build', databaseUrl: place.url })
  try {
    const machine = lookAtMachine()
    const order: EventsOrder = { url: server.url, sockets: SOCKETS, perSecond, warmUpSeconds: WARM_UP_SECONDS, seconds }
    const result = await runLoadProcess<EventsResult>(new URL('./events-load.ts', import.meta.url), order, server.pid())
    await server.stop()
    const [stored] =
      database === 'memory' ? [] : await select<{ count: number | string }>(place, 'select count(*) as count from task_run_state')
    const cost = `${result.serverCpuMicroseconds?.toFixed(0) ?? '–'} µs of server CPU each`
    const kept = stored ? `${result.sent} sent, ${stored.count} states stored` : `${result.sent} sent`
    if (perSecond === null)
      return {
        what: `${database}, events in by ${SOCKETS} sockets: stored`,
        value: result.operations / result.seconds,
        unit: 'events/s',
        bar: { least: PER_SECOND },
        beside: `${cost}, ${kept}`,
        machine,
      }
    return {
      what: `${database}, events in at ${perSecond}/s: until a subscriber sees them, p99`,
      value: result.p99Milliseconds,
      unit: 'ms',
      bar: { most: LAG_MILLISECONDS },
      beside: `p50 ${result.p50Milliseconds.toFixed(0)} ms, slowest ${result.slowestMilliseconds.toFixed(0)} ms, ${cost}, ${kept}, ${result.seen} of those counted seen`,
      machine,
    }
  } finally {
    await server.dispose()
    await place.dispose()
  }
}
