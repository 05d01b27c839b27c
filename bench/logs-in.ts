// Scenario `logs-in`: how many log lines REST takes to the store, 200 a request.
import { select } from '../tests/faults/stored.ts'
import { startServer } from '../tests/support/server.ts'
import { runLoadProcess } from './load-process.ts'
import type { LogsOrder, LogsResult } from './logs-load.ts'
import { lookAtMachine } from './machine.ts'
import type { Measured } from './measured.ts'
import { openPlace } from './places.ts'

const CLIENTS = 8
const LINES_PER_SECOND = 25_000
const WARM_UP_SECONDS = 2

export async function* measureLogsIn(databases: readonly string[], seconds: number): AsyncGenerator<Measured> {
  for (const database of databases) yield await measure(database, seconds)
}

async function measure(database: string, seconds: number): Promise<Measured> {
  const place = await openPlace(database, { isDurable: true })
  const server = await startServer({ from: 'build', databaseUrl: place.url })
  try {
    const machine = lookAtMachine()
    const order: LogsOrder = { url: server.url, clients: CLIENTS, warmUpSeconds: WARM_UP_SECONDS, seconds }
    const result = await runLoadProcess<LogsResult>(new URL('./logs-load.ts', import.meta.url), order, server.pid())
    await server.stop()
    const [stored] = database === 'memory' ? [] : await select<{ count: number | string }>(place, 'select count(*) as count from log_line')
    return {
      what: `${database}, log lines in by ${CLIENTS} clients: stored`,
      value: result.operations / result.seconds,
      unit: 'lines/s',
      bar: { least: LINES_PER_SECOND },
      beside: `${result.serverCpuMicroseconds?.toFixed(1) ?? '–'} µs of server CPU each, a request p50 ${result.p50Milliseconds.toFixed(0)} ms, p99 ${result.p99Milliseconds.toFixed(0)} ms, ${result.errors} errors, ${result.lines} acknowledged${stored ? `, ${stored.count} stored` : ''}`,
      machine,
    }
  } finally {
    await server.dispose()
    await place.dispose()
  }
}
